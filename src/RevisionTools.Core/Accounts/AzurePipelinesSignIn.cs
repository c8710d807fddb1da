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

    private const string SetByTask = "a task with a service connection of workload identity federation sets it (AzurePowerShell@5, AzureCLI@2)";

    private static readonly string[] s_all = [ServiceConnection, Application, Tenant, RequestUri, AccessToken];

    /// <summary>Whether all variables are there.</summary>
    public static bool IsSetUp(CredentialSettings settings) => s_all.All(name => settings.Variable(name) is not null);

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/>: variables are missing, and which.</exception>
    public static SourceCredential Create(SignIn.AzurePipelines connection, CredentialSettings settings)
    {
        var id = Given(connection.ServiceConnectionId) ?? settings.Variable(ServiceConnection);
        var application = Given(connection.ApplicationId) ?? settings.Variable(Application);
        var tenant = Given(settings.TenantId) ?? settings.Variable(Tenant);
        var uri = settings.Variable(RequestUri);
        var token = settings.Variable(AccessToken);
        (string Name, string? Value, string Remedy)[] needed =
        [
            (RequestUri, uri, "Azure Pipelines sets it in its jobs: this is none, or its Azure DevOps Server has no workload identity federation"),
            (AccessToken, token, "the step has to map it: 'env:' and below that 'SYSTEM_ACCESSTOKEN: $(System.AccessToken)'"),
            (ServiceConnection, id, SetByTask),
            (Application, application, SetByTask),
            (Tenant, tenant, SetByTask),
        ];
        if (needed.Where(one => one.Value is null).Select(one => $"{one.Name} ({one.Remedy})").ToList() is { Count: > 0 } missing)
        {
            throw Credentials.Unusable($"The service connection of Azure Pipelines cannot be used. Not set: {string.Join("; ", missing)}.");
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw Credentials.Unusable($"The variable {RequestUri} holds no HTTPS address, so the token of the job is not sent there.");
        }

        var options = new AzurePipelinesCredentialOptions { DisableInstanceDiscovery = settings.Cloud.Environment is null };
        var source = new AzurePipelinesCredential(tenant!, application!, id!, token!, Credentials.Options(options, settings));
        return Credentials.Explained(SignInWays.AzurePipelines, source, settings, application, tenant, token);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
