using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>What a connection is asked for with.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>The cloud; for a sandbox the one that it stands in for.</summary>
    public CloudEndpoints Cloud { get; init; } = CloudEndpoints.Of(AzureEnvironment.AzureCloud);

    /// <summary>Endpoint, credential, clock and transport.</summary>
    public required ArmOptions Arm { get; init; }

    /// <summary>Gives tokens for container registries; null where the user brought one for Azure Resource Manager along, which no registry gets.</summary>
    public TokenCredential? RegistryCredential { get; init; }

    /// <summary>Id or display name of the subscription to work in; null leaves the choice to the rules of <see cref="SubscriptionChoice"/>.</summary>
    public string? Subscription { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> ReadVariable { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>A cloud, and a way to sign in to it.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="signIn">The way.</param>
    /// <param name="subscription">See <see cref="Subscription"/>.</param>
    /// <param name="tenantId">The directory to sign in to; null leaves it to the credential.</param>
    /// <param name="log">See <see cref="ArmOptions.Log"/>.</param>
    /// <param name="pauseLog">See <see cref="ArmOptions.PauseLog"/>.</param>
    /// <exception cref="RevisionToolsException">What the way needs is missing or cannot be right.</exception>
    public static ConnectionSettings ForCloud(
        CloudEndpoints cloud,
        SignIn signIn,
        string? subscription,
        string? tenantId,
        Func<ArmRequestRecord, ValueTask>? log = null,
        Func<ArmPauseRecord, ValueTask>? pauseLog = null)
    {
        var tenant = string.IsNullOrWhiteSpace(tenantId) ? null : tenantId.Trim();
        var credential = Credentials.Create(signIn, new CredentialSettings { Cloud = cloud, TenantId = tenant, Log = log, PauseLog = pauseLog });
        var arm = Options(cloud, credential, log, pauseLog);
        return new()
        {
            Cloud = cloud,
            Subscription = subscription,
            TenantId = tenant,
            Arm = cloud.ResourceManager.IsLoopback ? arm with { Transport = LoopbackEndpoint.CreateTransport(null) } : arm,
            RegistryCredential = signIn is SignIn.Token ? null : credential,
        };
    }

    /// <summary>A service in memory that stands in for the public cloud and lives on a clock of its own.</summary>
    /// <param name="transport">The service.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="subscriptionId">The subscription to work in.</param>
    /// <param name="log">See <see cref="ArmOptions.Log"/>.</param>
    /// <param name="pauseLog">See <see cref="ArmOptions.PauseLog"/>.</param>
    public static ConnectionSettings ForSandbox(
        HttpMessageHandler transport,
        TimeProvider time,
        string subscriptionId,
        Func<ArmRequestRecord, ValueTask>? log = null,
        Func<ArmPauseRecord, ValueTask>? pauseLog = null) =>
        new()
        {
            Subscription = subscriptionId,
            RegistryCredential = new StaticTokenCredential("token-of-the-sandbox-registry", time),
            Arm = Options(CloudEndpoints.Of(AzureEnvironment.AzureCloud), new StaticTokenCredential("token-of-the-sandbox", time), log, pauseLog) with
            {
                Transport = transport,
                Time = time,
            },
        };

    /// <summary>A sandbox that another process serves on this machine.</summary>
    /// <param name="endpoint">Its address.</param>
    /// <param name="certificate">The only certificate to trust there; null trusts those that the machine trusts.</param>
    /// <param name="subscription">See <see cref="Subscription"/>.</param>
    /// <param name="accessToken">The token that it expects.</param>
    /// <param name="log">See <see cref="ArmOptions.Log"/>.</param>
    /// <param name="pauseLog">See <see cref="ArmOptions.PauseLog"/>.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    public static ConnectionSettings ForEndpoint(
        Uri endpoint,
        X509Certificate2? certificate,
        string? subscription,
        string accessToken,
        Func<ArmRequestRecord, ValueTask>? log = null,
        Func<ArmPauseRecord, ValueTask>? pauseLog = null)
    {
        var origin = LoopbackEndpoint.Require(endpoint);
        return new()
        {
            Subscription = subscription,

            // The sandbox stands in for the registries too, and has one token for everything.
            RegistryCredential = new StaticTokenCredential(accessToken, TimeProvider.System),
            Arm = Options(CloudEndpoints.Of(AzureEnvironment.AzureCloud), new StaticTokenCredential(accessToken, TimeProvider.System), log, pauseLog) with
            {
                Endpoint = origin,
                Transport = LoopbackEndpoint.CreateTransport(certificate),
            },
        };
    }

    private static ArmOptions Options(
        CloudEndpoints cloud, TokenCredential credential, Func<ArmRequestRecord, ValueTask>? log, Func<ArmPauseRecord, ValueTask>? pauseLog) =>
        new() { Endpoint = cloud.ResourceManager, Scopes = [cloud.Scope], Credential = credential, Log = log, PauseLog = pauseLog };
}
