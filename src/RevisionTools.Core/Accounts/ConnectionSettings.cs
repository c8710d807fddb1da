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
}
