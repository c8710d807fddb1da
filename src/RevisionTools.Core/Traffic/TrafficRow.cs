namespace RevisionTools;

/// <summary>One entry of a traffic table, joined with the revision that it leads to.</summary>
/// <remarks>API type <c>TrafficWeight</c>.</remarks>
public sealed record TrafficRow
{
    /// <summary>The full name of the revision: as the entry names it, or the app's newest where <see cref="LatestRevision"/> stands instead. Null where there is none.</summary>
    public string? RevisionName { get; init; }

    /// <summary>Whether the entry follows the latest revision, whichever that is.</summary>
    public bool LatestRevision { get; init; }

    /// <summary>Share of the requests in percent, as configured.</summary>
    public int Weight { get; init; }

    /// <summary>Share of the requests in percent that <see cref="EffectiveRevisionName"/> gets through this entry; 0 where the entry leads nowhere. In single-revision mode one entry has 100, whatever the weights say.</summary>
    public int EffectiveWeight { get; init; }

    /// <summary>The revision that the requests really go to: a latest-revision entry, and in single-revision mode the table as a whole, leads to the newest that is ready. Null where there is none.</summary>
    public string? EffectiveRevisionName { get; init; }

    /// <summary>The label on the entry, or null.</summary>
    public string? Label { get; init; }

    /// <summary>The address of the label, which reaches the revision whatever its weight; null without a label.</summary>
    public string? LabelUrl { get; init; }

    /// <summary>The stage of <see cref="RevisionName"/>; Removed where there is no such revision.</summary>
    public RevisionStage Stage { get; init; }

    /// <summary>Why it is in that stage.</summary>
    public string StageReason { get; init; } = "";

    /// <summary>Whether <see cref="RevisionName"/> is active, up and healthy, so that requests can go to it.</summary>
    public bool IsReady { get; init; }

    /// <summary>The entry in short: target, weight and label.</summary>
    public override string ToString() => $"{(LatestRevision ? "@latest" : RevisionName)}={Weight}{(Label is null ? "" : $" ({Label})")}";
}
