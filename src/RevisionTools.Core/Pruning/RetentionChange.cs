namespace RevisionTools;

/// <summary>A change of how many inactive revisions of an app the platform keeps, and what that means for them.</summary>
/// <remarks>API field <c>configuration.maxInactiveRevisions</c>.</remarks>
public sealed record RetentionChange
{
    private readonly Revision[] _mayBePurged = [];

    /// <summary>The app.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The app's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The limit before; the service's default of 100 where the app had none of its own.</summary>
    public required int Before { get; init; }

    /// <summary>The limit as it was read back. Equal to <see cref="Before"/> where nothing had to be changed.</summary>
    public required int After { get; init; }

    /// <summary>How many revisions are inactive, or on their way down.</summary>
    public required int InactiveCount { get; init; }

    /// <summary>
    /// The inactive revisions beyond the limit, oldest first. The platform may purge them, late and without a date; until then they can be
    /// activated, which takes them out.
    /// </summary>
    public required IReadOnlyList<Revision> MayBePurged
    {
        get => _mayBePurged;
        init => _mayBePurged = IndexableList.Of(value);
    }

    /// <summary>What can be said of the purge, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The app and the limits.</summary>
    public override string ToString() => $"{ContainerAppName}: {Before} -> {After}, {MayBePurged.Count} may be purged";
}
