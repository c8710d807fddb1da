using System.Collections.Frozen;

namespace RevisionTools.Pruning.Saved;

/// <summary>The app of a saved plan, as far as plans and people need it.</summary>
internal sealed record SavedApp
{
    public required string Name { get; init; }

    public required string ResourceGroupName { get; init; }

    public required string SubscriptionId { get; init; }

    public required string ResourceId { get; init; }

    public string? Location { get; init; }

    public string? Kind { get; init; }

    public string? EnvironmentId { get; init; }

    public required string RevisionMode { get; init; }

    public string? LatestRevisionName { get; init; }

    public string? LatestReadyRevisionName { get; init; }

    public string? ProvisioningState { get; init; }

    public bool IngressEnabled { get; init; }

    public bool DaprEnabled { get; init; }

    public string? DaprAppId { get; init; }

    public int? MaxInactiveRevisions { get; init; }

    public string? WorkloadProfileName { get; init; }

    public required IReadOnlyList<TrafficEntry> Traffic { get; init; }

    /// <summary>The tags that a prune heeds; what else an app is tagged with is nobody's business here.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public static SavedApp Of(ContainerApp app)
    {
        var heeded = app.Tags.Where(tag => PruneTags.All.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        return new SavedApp
        {
            Name = app.Name,
            ResourceGroupName = app.ResourceGroupName,
            SubscriptionId = app.SubscriptionId,
            ResourceId = app.ResourceId,
            Location = app.Location,
            Kind = app.Kind,
            EnvironmentId = app.EnvironmentId,
            RevisionMode = app.RevisionMode,
            LatestRevisionName = app.LatestRevisionName,
            LatestReadyRevisionName = app.LatestReadyRevisionName,
            ProvisioningState = app.ProvisioningState,
            IngressEnabled = app.IngressEnabled,
            DaprEnabled = app.DaprEnabled,
            DaprAppId = app.DaprAppId,
            MaxInactiveRevisions = app.MaxInactiveRevisions,
            WorkloadProfileName = app.WorkloadProfileName,
            Traffic = app.Traffic,
            Tags = heeded.Count == 0 ? null : heeded,
        };
    }

    public ContainerApp ToApp() => new()
    {
        Name = Name,
        ResourceGroupName = ResourceGroupName,
        SubscriptionId = SubscriptionId,
        ResourceId = ResourceId,
        Location = Location,
        Kind = Kind,
        EnvironmentId = EnvironmentId,
        RevisionMode = RevisionMode,
        LatestRevisionName = LatestRevisionName,
        LatestReadyRevisionName = LatestReadyRevisionName,
        ProvisioningState = ProvisioningState,
        IngressEnabled = IngressEnabled,
        DaprEnabled = DaprEnabled,
        DaprAppId = DaprAppId,
        MaxInactiveRevisions = MaxInactiveRevisions,
        WorkloadProfileName = WorkloadProfileName,
        Traffic = Traffic,
        Tags = (Tags ?? FrozenDictionary<string, string>.Empty).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };
}
