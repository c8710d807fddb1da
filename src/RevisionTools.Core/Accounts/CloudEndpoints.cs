using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>The addresses of a cloud.</summary>
/// <param name="ResourceManager">Azure Resource Manager.</param>
/// <param name="AuthorityHost">Where tokens come from.</param>
/// <param name="Scope">What a token for Azure Resource Manager is asked for.</param>
internal sealed record CloudEndpoints(Uri ResourceManager, Uri AuthorityHost, string Scope)
{
    /// <summary>The addresses of one of the clouds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cloud.</exception>
    public static CloudEndpoints Of(AzureEnvironment environment) => environment switch
    {
        AzureEnvironment.AzureCloud => Create("https://management.azure.com", AzureAuthorityHosts.AzurePublicCloud),
        AzureEnvironment.AzureUSGovernment => Create("https://management.usgovcloudapi.net", AzureAuthorityHosts.AzureGovernment),
        AzureEnvironment.AzureChinaCloud => Create("https://management.chinacloudapi.cn", AzureAuthorityHosts.AzureChina),
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "There is no such cloud."),
    };

    private static CloudEndpoints Create(string resourceManager, Uri authority) =>
        new(new Uri(resourceManager), authority, $"{resourceManager}/.default");
}
