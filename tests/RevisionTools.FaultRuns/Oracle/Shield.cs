namespace RevisionTools.FaultRuns.Oracle;

/// <summary>What forbids that a prune takes a revision down (DESIGN sections 5 and 6).</summary>
[Flags]
internal enum Shield
{
    None = 0,
    CarriesTraffic = 1,
    LastActive = 2,
    SingleMode = 4,
    Labelled = 8,
    Latest = 16,
    LatestReady = 32,
    InTransition = 64,
    UnknownState = 128,
    ConsumesEvents = 256,

    /// <summary>It consumes events, that is lifted, and no newer ready revision takes all that it takes.</summary>
    NoHeir = 512,
    KeptByName = 1024,
    KeptByCount = 2048,
    KeptByAge = 4096,
    Absent = 8192,
}
