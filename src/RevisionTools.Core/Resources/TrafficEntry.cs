namespace RevisionTools;

/// <summary>One entry of an app's traffic table.</summary>
/// <remarks>API type <c>TrafficWeight</c>.</remarks>
public sealed record TrafficEntry
{
    /// <summary>How the entry that follows the latest revision is called.</summary>
    internal const string LatestTarget = "@latest";

    /// <summary>The full name of the revision, or null where <see cref="LatestRevision"/> stands instead.</summary>
    public string? RevisionName { get; init; }

    /// <summary>Whether the entry follows the latest revision, whichever that is.</summary>
    public bool LatestRevision { get; init; }

    /// <summary>Share of the requests in percent, 0 to 100. An entry at 0 holds a label.</summary>
    public int Weight { get; init; }

    /// <summary>The label that gives the revision a host name of its own, whatever its weight.</summary>
    public string? Label { get; init; }

    /// <summary>The entry as the Azure CLI would print it: target, weight and label.</summary>
    public override string ToString() =>
        $"{(LatestRevision ? "latest" : RevisionName)}={Weight}{(Label is null ? "" : $" ({Label})")}";

    /// <summary>The target as the traffic cmdlets name it: the revision, or <c>@latest</c>.</summary>
    internal string Target => LatestRevision ? LatestTarget : RevisionName ?? "";

    /// <summary>Whether the entry carries neither weight nor label.</summary>
    internal bool IsEmpty => Weight == 0 && string.IsNullOrEmpty(Label);

    internal bool HasLabel(string label) => label.Length > 0 && Names.Same(Label, label);

    /// <summary>Whether the entry names the revision; one that follows the latest names none.</summary>
    internal bool IsTo(string revisionName) => !LatestRevision && Names.Same(RevisionName, revisionName);
}
