using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>What a connection is asked for with.</summary>
internal sealed record ConnectionSettings
{
    public AzureEnvironment Environment { get; init; }

    /// <summary>Endpoint, credential, clock and transport.</summary>
    public required ArmOptions Arm { get; init; }

    /// <summary>Id or display name of the subscription to work in; null leaves the choice to the rules of <see cref="SubscriptionChoice"/>.</summary>
    public string? Subscription { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> ReadVariable { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>One of the clouds, with a token that the user brings along or else the default chain of credentials.</summary>
    public static ConnectionSettings ForCloud(AzureEnvironment environment, string? subscription, string? tenantId, string? accessToken) => new()
    {
        Environment = environment,
        Subscription = subscription,
        TenantId = tenantId,
        Arm = Options(
            environment,
            accessToken is null ? Credentials.CreateDefault(environment, tenantId) : new StaticTokenCredential(accessToken, TimeProvider.System)),
    };

    /// <summary>A service in memory that stands in for the public cloud and lives on a clock of its own.</summary>
    public static ConnectionSettings ForSandbox(HttpMessageHandler transport, TimeProvider time, string subscriptionId) => new()
    {
        Subscription = subscriptionId,
        Arm = Options(AzureEnvironment.AzureCloud, new StaticTokenCredential("sandbox", time)) with { Transport = transport, Time = time },
    };

    private static ArmOptions Options(AzureEnvironment environment, TokenCredential credential)
    {
        var cloud = CloudEndpoints.Of(environment);
        return new ArmOptions { Endpoint = cloud.ResourceManager, Scopes = [cloud.Scope], Credential = credential };
    }
}
