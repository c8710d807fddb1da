using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>The addresses of a cloud.</summary>
/// <param name="ResourceManager">Azure Resource Manager.</param>
/// <param name="AuthorityHost">Where tokens come from.</param>
/// <param name="Scope">What a token for Azure Resource Manager is asked for.</param>
/// <param name="RegistrySuffix">What the host names of the cloud's container registries end in.</param>
internal sealed record CloudEndpoints(Uri ResourceManager, Uri AuthorityHost, string Scope, string RegistrySuffix)
{
    /// <summary>The addresses of one of the clouds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cloud.</exception>
    public static CloudEndpoints Of(AzureEnvironment environment) => environment switch
    {
        AzureEnvironment.AzureCloud => Create("https://management.azure.com", AzureAuthorityHosts.AzurePublicCloud, ".azurecr.io"),
        AzureEnvironment.AzureUSGovernment => Create("https://management.usgovcloudapi.net", AzureAuthorityHosts.AzureGovernment, ".azurecr.us"),
        AzureEnvironment.AzureChinaCloud => Create("https://management.chinacloudapi.cn", AzureAuthorityHosts.AzureChina, ".azurecr.cn"),
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "There is no such cloud."),
    };

    private static CloudEndpoints Create(string resourceManager, Uri authority, string registrySuffix) =>
        new(new Uri(resourceManager), authority, $"{resourceManager}/.default", registrySuffix);
}
