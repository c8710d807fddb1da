namespace RevisionTools.Lifecycle;

/// <summary>What one look of a wait has shown.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Replicas">Its replicas, where the condition asks for them.</param>
/// <param name="Probe">Its own answer, where the condition asks for it and the rest held.</param>
internal sealed record WaitLook(Revision Revision, IReadOnlyList<Replica>? Replicas = null, ProbeAnswer? Probe = null)
{
    /// <summary>Whether replicas of another generation have been seen, now or in an earlier look.</summary>
    public bool HasOthers { get; init; }

    /// <summary>How many replicas have all their containers ready. Those that are stopping still look ready, and do not count.</summary>
    public int ReadyReplicas => Replicas?.Count(IsReady) ?? 0;

    public static bool IsReady(Replica replica) =>
        replica.Ready && !string.Equals(replica.RunningState, "NotRunning", StringComparison.OrdinalIgnoreCase);
}
