using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>
/// Signs in as the service connection of the running Azure Pipelines task, with a new assertion for each token, however long the task runs.
/// </summary>
internal static class AzurePipelinesSignIn
{
    private const string ServiceConnection = "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID";
    private const string Application = "AZURESUBSCRIPTION_CLIENT_ID";
    private const string Tenant = "AZURESUBSCRIPTION_TENANT_ID";
    private const string RequestUri = "SYSTEM_OIDCREQUESTURI";
    private const string AccessToken = "SYSTEM_ACCESSTOKEN";

    private static readonly string[] s_all = [RequestUri, AccessToken, ServiceConnection, Application, Tenant];

    /// <summary>Whether all variables are there.</summary>
    public static bool IsSetUp(CredentialSettings settings) => s_all.All(name => settings.Variable(name) is not null);

    /// <summary>What is missing where some of the variables are there; null where all are, or none.</summary>
    public static string? Missing(CredentialSettings settings) =>
        s_all.Any(name => settings.Variable(name) is not null) ? Missing(name => settings.Variable(name)) : null;

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/>: variables are missing, and which.</exception>
    public static SourceCredential Create(SignIn.AzurePipelines connection, CredentialSettings settings)
    {
        var id = Given(connection.ServiceConnectionId) ?? settings.Variable(ServiceConnection);
        var application = Given(connection.ApplicationId) ?? settings.Variable(Application);
        var tenant = Given(settings.TenantId) ?? settings.Variable(Tenant);
        var uri = settings.Variable(RequestUri);
        var token = settings.Variable(AccessToken);
        var missing = Missing(name => name switch
        {
            ServiceConnection => id,
            Application => application,
            Tenant => tenant,
            _ => settings.Variable(name),
        });
        if (missing is not null)
        {
            throw Credentials.Unusable(missing);
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw Credentials.Unusable($"The variable {RequestUri} holds no HTTPS address, so the token of the job is not sent there.");
        }

        var options = new AzurePipelinesCredentialOptions { DisableInstanceDiscovery = settings.Cloud.Environment is null };
        var source = new AzurePipelinesCredential(tenant!, application!, id!, token!, Credentials.Options(options, settings));
        return Credentials.Explained(SignInWays.AzurePipelines, source, settings, application, tenant, token);
    }

    private static string? Missing(Func<string, string?> value)
    {
        string[] missing = [.. s_all.Where(name => value(name) is null).Select(name => $"{name} ({Remedy(name)})")];
        return missing.Length == 0 ? null : $"The service connection of Azure Pipelines cannot be used. Not set: {string.Join("; ", missing)}.";
    }

    private static string Remedy(string name) => name switch
    {
        RequestUri => "Azure Pipelines sets it in its jobs: this is none, or its Azure DevOps Server has no workload identity federation",
        AccessToken => "the step has to map it: 'env:' and below that 'SYSTEM_ACCESSTOKEN: $(System.AccessToken)'",
        _ => "a task with a service connection of workload identity federation sets it (AzurePowerShell@5, AzureCLI@2)",
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
