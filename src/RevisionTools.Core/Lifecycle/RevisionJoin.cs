using RevisionTools.Traffic;

namespace RevisionTools.Lifecycle;

/// <summary>Joins what Azure says of a revision with its app: the one place where a <see cref="Revision"/> comes into being.</summary>
internal static class RevisionJoin
{
    public static Revision Join(ContainerApp app, RevisionResource resource)
    {
        var weights = TrafficWeights.Of(app, resource.Name);
        var revision = new Revision
        {
            Name = resource.Name,
            ContainerAppName = app.Name,
            ResourceGroupName = app.ResourceGroupName,
            SubscriptionId = app.SubscriptionId,
            ResourceId = resource.ResourceId ?? new RevisionId(app.Id, resource.Name).Path,
            Active = resource.Active,
            ConfiguredWeight = weights.Configured,
            EffectiveWeight = weights.Effective,
            TrafficWeight = resource.TrafficWeight,
            Labels = weights.Labels,
            Images = [.. resource.Images],
            Containers = resource.Containers,
            InitImages = resource.InitImages,
            CreatedTime = resource.CreatedTime,
            Age = AgeOf(resource),
            LastActiveTime = resource.LastActiveTime,
            Replicas = resource.Replicas,
            MinReplicas = resource.MinReplicas,
            MaxReplicas = resource.MaxReplicas,
            ProvisioningState = resource.ProvisioningState,
            RunningState = resource.RunningState,
            RunningStateDetails = resource.RunningStateDetails,
            HealthState = resource.HealthState,
            ProvisioningError = resource.ProvisioningError,
            EventConsumers = EventConsumerRules.Of(app, resource),
            Fqdn = resource.Fqdn,
            IsLatest = Names.Same(app.LatestRevisionName, resource.Name),
            IsLatestReady = Names.Same(app.LatestReadyRevisionName, resource.Name),
        };
        var (stage, reason) = StageRules.Of(revision);
        return revision with { Stage = stage, StageReason = reason };
    }

    // The clocks of two machines differ by a little: what was made just now is no age below zero.
    private static TimeSpan? AgeOf(RevisionResource resource) => (resource.ReadTime - resource.CreatedTime) switch
    {
        { Ticks: < 0 } => TimeSpan.Zero,
        var age => age,
    };
}
