using Azure.Core;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>Makes the credential that is used when none was given.</summary>
internal static class Credentials
{
    private const string ChainVariable = "AZURE_TOKEN_CREDENTIALS";

    /// <summary>
    /// Environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell, in this order; nothing that
    /// would ask a person. The default chain looks only briefly for a managed identity's endpoint.
    /// </summary>
    /// <exception cref="ServiceRequestException"><see cref="FailureKind.AuthenticationFailed"/>: the variable that narrows the chain
    /// names a credential that opens a window.</exception>
    public static TokenCredential CreateDefault(
        AzureEnvironment environment, string? tenantId, Func<string, string?>? readVariable = null)
    {
        RefuseInteractive((readVariable ?? Environment.GetEnvironmentVariable)(ChainVariable));
        var options = new DefaultAzureCredentialOptions
        {
            AuthorityHost = CloudEndpoints.Of(environment).AuthorityHost,
            ExcludeAzureDeveloperCliCredential = true,
            ExcludeBrokerCredential = true,
            ExcludeInteractiveBrowserCredential = true,
            ExcludeVisualStudioCodeCredential = true,
            ExcludeVisualStudioCredential = true,
        };
        if (!string.IsNullOrWhiteSpace(tenantId))
        {
            options.TenantId = tenantId;
        }

        return new DefaultAzureCredential(options);
    }

    // The variable overrides every exclusion of the options.
    private static void RefuseInteractive(string? chain)
    {
        if (chain?.Trim() is { } name
            && (name.Equals("InteractiveBrowserCredential", StringComparison.OrdinalIgnoreCase)
                || name.Equals("BrokerCredential", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                $"The environment variable {ChainVariable} names {name}, which asks a person. RevisionTools never does.");
        }
    }
}
