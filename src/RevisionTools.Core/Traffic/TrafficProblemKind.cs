namespace RevisionTools;

/// <summary>What can be wrong with a traffic table. New kinds may be added; names do not change.</summary>
public enum TrafficProblemKind
{
    /// <summary>The app has no ingress, so there is no traffic to direct.</summary>
    NoIngress,

    /// <summary>The app is in single-revision mode and names revisions in its table: the platform chooses the active one, whatever the weights say.</summary>
    SingleMode,

    /// <summary>The weights do not add up to 100.</summary>
    SumNot100,

    /// <summary>An entry names a revision that is not there any more.</summary>
    GhostEntry,

    /// <summary>A revision that is inactive, or on its way out, gets traffic: these requests fail.</summary>
    WeightOnInactive,

    /// <summary>A revision that has failed gets traffic.</summary>
    WeightOnFailed,

    /// <summary>A revision that is still starting, or not healthy, gets traffic.</summary>
    WeightOnNotReady,

    /// <summary>Traffic follows the latest revision, and the newest one is not ready: it moves there unasked as soon as it is.</summary>
    LatestNotReady,

    /// <summary>A label stands on a revision that is inactive or gone, so its host is dead.</summary>
    DeadLabel,
}
