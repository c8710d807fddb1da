namespace RevisionTools.FaultRuns;

/// <summary>What came of a run.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Broken">The invariant that was broken, and how; null for none.</param>
/// <param name="Hash">Tells two runs apart.</param>
/// <param name="Requests">How many requests were sent.</param>
/// <param name="Deactivated">How many revisions it took down.</param>
/// <param name="Lives">How many processes it took.</param>
/// <param name="Virtual">How long it took on the virtual clock.</param>
/// <param name="Log">What happened, where it was kept.</param>
internal sealed record RunReport(
    int Seed, string? Broken, ulong Hash, int Requests, int Deactivated, int Lives, TimeSpan Virtual, IReadOnlyList<string> Log);
