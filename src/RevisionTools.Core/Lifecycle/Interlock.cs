namespace RevisionTools;

/// <summary>A reason why a revision must not be deactivated. Outage interlocks bind everybody, caution interlocks what acts in bulk.</summary>
public enum Interlock
{
    /// <summary>Outage: traffic goes to it, by name or through the latest-revision entry. Move the traffic first.</summary>
    CarriesTraffic,

    /// <summary>Outage: no other active revision would be left.</summary>
    LastActive,

    /// <summary>Outage: the app is in single-revision mode, where the platform chooses the active revision.</summary>
    SingleMode,

    /// <summary>Caution: a label points at it, and its host would go dead.</summary>
    Labelled,

    /// <summary>Caution: it is the newest revision.</summary>
    Latest,

    /// <summary>Caution: it is the newest revision that became ready.</summary>
    LatestReady,

    /// <summary>Caution: it is being provisioned, activated or taken down.</summary>
    InTransition,

    /// <summary>Caution: Azure says something about it that this version does not know.</summary>
    UnknownState,

    /// <summary>Caution: it consumes events, whatever its traffic weight.</summary>
    ConsumesEvents,
}
