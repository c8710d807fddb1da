namespace RevisionTools.Pruning.Saved;

/// <summary>A revision of a saved plan. Its template is not saved, and with it no value of an environment variable.</summary>
internal sealed record SavedRevision
{
    public required string Name { get; init; }

    public required string ResourceId { get; init; }

    public bool? Active { get; init; }

    public required RevisionStage Stage { get; init; }

    public string? StageReason { get; init; }

    public int ConfiguredWeight { get; init; }

    public int EffectiveWeight { get; init; }

    public int? TrafficWeight { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public required IReadOnlyList<SavedContainer> Containers { get; init; }

    /// <summary>The images, where they are others than those of the containers.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>The images of the containers that run before the others.</summary>
    public IReadOnlyList<string>? InitImages { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public TimeSpan? Age { get; init; }

    public DateTimeOffset? LastActiveTime { get; init; }

    public int? Replicas { get; init; }

    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    public string? ProvisioningState { get; init; }

    public string? RunningState { get; init; }

    public string? RunningStateDetails { get; init; }

    public string? HealthState { get; init; }

    public string? ProvisioningError { get; init; }

    public IReadOnlyList<EventConsumer>? EventConsumers { get; init; }

    public string? Fqdn { get; init; }

    public static SavedRevision Of(Revision revision) => new()
    {
        Name = revision.Name,
        ResourceId = revision.ResourceId,
        Active = revision.Active,
        Stage = revision.Stage,
        StageReason = revision.StageReason,
        ConfiguredWeight = revision.ConfiguredWeight,
        EffectiveWeight = revision.EffectiveWeight,
        TrafficWeight = revision.TrafficWeight,
        Labels = revision.Labels.Count == 0 ? null : revision.Labels,
        Containers = [.. revision.Containers.Select(SavedContainer.Of)],
        Images = revision.Images.SequenceEqual(revision.Containers.Select(container => container.Image)) ? null : revision.Images,
        InitImages = revision.InitImages.Count == 0 ? null : revision.InitImages,
        CreatedTime = revision.CreatedTime,
        Age = revision.Age,
        LastActiveTime = revision.LastActiveTime,
        Replicas = revision.Replicas,
        MinReplicas = revision.MinReplicas,
        MaxReplicas = revision.MaxReplicas,
        ProvisioningState = revision.ProvisioningState,
        RunningState = revision.RunningState,
        RunningStateDetails = revision.RunningStateDetails,
        HealthState = revision.HealthState,
        ProvisioningError = revision.ProvisioningError,
        EventConsumers = revision.EventConsumers.Count == 0 ? null : revision.EventConsumers,
        Fqdn = revision.Fqdn,
    };

    public Revision ToRevision(ContainerApp app) => new()
    {
        Name = Name,
        ContainerAppName = app.Name,
        ResourceGroupName = app.ResourceGroupName,
        SubscriptionId = app.SubscriptionId,
        ResourceId = ResourceId,
        Active = Active,
        Stage = Stage,
        StageReason = StageReason ?? "",
        ConfiguredWeight = ConfiguredWeight,
        EffectiveWeight = EffectiveWeight,
        TrafficWeight = TrafficWeight,
        Labels = Labels ?? [],
        Images = Images ?? [.. Containers.Select(container => container.Image)],
        Containers = [.. Containers.Select(container => container.ToContainer())],
        InitImages = InitImages ?? [],
        CreatedTime = CreatedTime,
        Age = Age,
        LastActiveTime = LastActiveTime,
        Replicas = Replicas,
        MinReplicas = MinReplicas,
        MaxReplicas = MaxReplicas,
        ProvisioningState = ProvisioningState,
        RunningState = RunningState,
        RunningStateDetails = RunningStateDetails,
        HealthState = HealthState,
        ProvisioningError = ProvisioningError,
        EventConsumers = EventConsumers ?? [],
        Fqdn = Fqdn,
        IsLatest = Names.Same(app.LatestRevisionName, Name),
        IsLatestReady = Names.Same(app.LatestReadyRevisionName, Name),
    };
}
