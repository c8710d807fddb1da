namespace RevisionTools.Lifecycle;

/// <summary>How far a revision that went down has drained.</summary>
/// <param name="Revision">The revision as it was seen last; null where it could not be read.</param>
/// <param name="Elapsed">How long was waited.</param>
/// <param name="ReplicasLeft">How many replicas it had yet when it was seen last; null where they could not be read.</param>
/// <param name="Failure">Why it does not count as drained; null where it is.</param>
internal sealed record DrainEnd(Revision? Revision, TimeSpan Elapsed, int? ReplicasLeft, RevisionToolsException? Failure)
{
    /// <summary>The end in words, for one that is drained.</summary>
    public string Message => $"drained in {Seconds(Elapsed)}: inactive, {ReplicasLeft ?? 0} replicas left";

    /// <summary>To the second, as waits say it.</summary>
    public static TimeSpan Seconds(TimeSpan elapsed) => TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds));
}
