@{
    RootModule             = 'RevisionTools.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f5c7c2e-0f3b-4a52-9c55-3b7c2d6a91e4'
    Author                 = 'The RevisionTools contributors'
    CompanyName            = 'RevisionTools'
    Copyright              = '(c) The RevisionTools contributors. MIT licence.'
}
