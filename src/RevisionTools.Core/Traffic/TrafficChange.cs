namespace RevisionTools;

/// <summary>A change of an app's traffic table: how it was, and how it was read back.</summary>
public sealed record TrafficChange
{
    private readonly string[] _changes = [];
    private readonly string[] _changedByOthers = [];

    /// <summary>The app.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The app's Azure resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The table right before the write. Set-AcaTraffic restores it.</summary>
    public required TrafficTable Before { get; init; }

    /// <summary>The table as it was read back.</summary>
    public required TrafficTable After { get; init; }

    /// <summary>Whether anything was written; false when the table was as wanted already.</summary>
    public bool HasWritten { get; init; }

    /// <summary>What differs between <see cref="Before"/> and <see cref="After"/>, one line a target.</summary>
    public IReadOnlyList<string> Changes
    {
        get => _changes;
        init => _changes = IndexableList.Of(value);
    }

    /// <summary>What somebody else has moved between the look that the change was planned on and the end of it; empty as a rule.</summary>
    public IReadOnlyList<string> ChangedByOthers
    {
        get => _changedByOthers;
        init => _changedByOthers = IndexableList.Of(value);
    }

    /// <summary>The app and what has changed.</summary>
    public override string ToString() => $"{ContainerAppName}: {(_changes.Length == 0 ? "unchanged" : string.Join("; ", _changes))}";
}
