namespace RevisionTools;

/// <summary>A running copy of a revision.</summary>
/// <remarks>API type <c>Replica</c>.</remarks>
public sealed record Replica
{
    private readonly ReplicaContainer[] _containers = [];

    /// <summary>The replica's name, <c>{revision}-{hash}-{5 characters}</c>; the hash changes with each restart of the revision.</summary>
    public required string Name { get; init; }

    /// <summary>The revision it is a copy of.</summary>
    public required string RevisionName { get; init; }

    /// <summary>The app of the revision.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The replica's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>When it was started (UTC).</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary><c>Running</c>, <c>NotRunning</c>, <c>Unknown</c>; open.</summary>
    public string? RunningState { get; init; }

    /// <summary>The platform's own words about the running state.</summary>
    public string? RunningStateDetails { get; init; }

    /// <summary>Its containers, without init containers.</summary>
    public IReadOnlyList<ReplicaContainer> Containers
    {
        get => _containers;
        init => _containers = IndexableList.Of(value);
    }

    /// <summary>Whether every container is ready; false for a replica without containers.</summary>
    public bool Ready => Containers.Count > 0 && Containers.All(container => container.Ready);

    /// <summary>How often its containers were restarted, added up.</summary>
    public int RestartCount => Containers.Sum(container => container.RestartCount);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
