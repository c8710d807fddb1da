namespace RevisionTools.Accounts;

/// <summary>What the ways to sign in are called.</summary>
internal static class SignInWays
{
    public const string AzurePipelines = "the service connection of Azure Pipelines";
    public const string FederatedToken = "a federated token";
    public const string ManagedIdentity = "the managed identity";
    public const string ClientSecret = "a client secret";
    public const string ClientCertificate = "a certificate";
    public const string Session = "the sign-in of this session";
    public const string AzureCli = "Azure CLI";
    public const string AzurePowerShell = "Azure PowerShell";
    public const string DeviceCode = "a device code";
    public const string Browser = "the browser";
    public const string Token = "an access token";
}
