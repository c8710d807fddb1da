using Azure.Core;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>Makes the credential of a way to sign in.</summary>
internal static class Credentials
{
    private const string ChainVariable = "AZURE_TOKEN_CREDENTIALS";

    private const string NoneWorked =
        "No credential worked (environment, workload identity, managed identity, Azure CLI, Azure PowerShell). "
        + "Run 'az login' or 'Connect-AzAccount', or give -AccessToken.";

    /// <summary>The credential of a way to sign in.</summary>
    /// <param name="signIn">The way.</param>
    /// <param name="cloud">The cloud to sign in to.</param>
    /// <param name="tenantId">The directory; null leaves it to the credential.</param>
    /// <exception cref="RevisionToolsException">What the way needs is missing or cannot be right.</exception>
    public static TokenCredential Create(SignIn signIn, CloudEndpoints cloud, string? tenantId) => signIn switch
    {
        SignIn.Automatic => CreateDefault(cloud, tenantId),
        SignIn.Token token => new StaticTokenCredential(token.Text, TimeProvider.System),
        _ => throw new NotSupportedException($"No credential for {signIn.GetType().Name} yet."),
    };

    /// <summary>
    /// Environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell, in this order; nothing that
    /// would ask a person. The default chain looks only briefly for a managed identity's endpoint.
    /// </summary>
    /// <exception cref="ServiceRequestException"><see cref="FailureKind.AuthenticationFailed"/>: the tenant id is none, or the
    /// variable that narrows the chain names no credential or one that opens a window.</exception>
    public static ChainCredential CreateDefault(
        CloudEndpoints cloud, string? tenantId, Func<string, string?>? readVariable = null)
    {
        var narrowed = (readVariable ?? Environment.GetEnvironmentVariable)(ChainVariable)?.Trim();
        RefuseInteractive(narrowed);
        var options = new DefaultAzureCredentialOptions
        {
            AuthorityHost = cloud.AuthorityHost,
            ExcludeAzureDeveloperCliCredential = true,
            ExcludeBrokerCredential = true,
            ExcludeInteractiveBrowserCredential = true,
            ExcludeVisualStudioCodeCredential = true,
            ExcludeVisualStudioCredential = true,
        };
        if (!string.IsNullOrWhiteSpace(tenantId))
        {
            options.TenantId = tenantId.Trim();
        }

        return new ChainCredential(Create(options), Advice(narrowed));
    }

    private static DefaultAzureCredential Create(DefaultAzureCredentialOptions options)
    {
        try
        {
            return new DefaultAzureCredential(options);
        }
        catch (ArgumentException exception) when (exception.ParamName?.EndsWith("tenantId", StringComparison.OrdinalIgnoreCase) ?? false)
        {
            throw Failure(
                $"The tenant id '{SafeText.Clean(options.TenantId ?? "")}' is not valid: it is a GUID or a domain, such as contoso.onmicrosoft.com.",
                exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw Failure($"No credential can be made: {SafeText.FirstLine(exception.Message)}", exception);
        }
    }

    private static string Advice(string? narrowed) => string.IsNullOrEmpty(narrowed)
        ? NoneWorked
        : $"No credential worked: the environment variable {ChainVariable} allows only '{SafeText.Clean(narrowed)}'. "
            + "Change that, or give -AccessToken.";

    // The variable overrides every exclusion of the options.
    private static void RefuseInteractive(string? chain)
    {
        if (chain is { } name
            && (name.Equals("InteractiveBrowserCredential", StringComparison.OrdinalIgnoreCase)
                || name.Equals("BrokerCredential", StringComparison.OrdinalIgnoreCase)))
        {
            throw Failure($"The environment variable {ChainVariable} names {name}, which asks a person. RevisionTools never does.");
        }
    }

    private static ServiceRequestException Failure(string message, Exception? cause = null) =>
        new(FailureKind.AuthenticationFailed, message, cause);
}
