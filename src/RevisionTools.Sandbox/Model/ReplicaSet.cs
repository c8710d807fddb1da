namespace RevisionTools.Sandbox;

/// <summary>Replicas that were started together: they share the hash in their names (ARM-FACTS 3.5).</summary>
/// <param name="Generation">How many sets the revision had before.</param>
/// <param name="Count">How many replicas there are.</param>
/// <param name="Started">When they were started.</param>
internal readonly record struct ReplicaSet(int Generation, int Count, DateTimeOffset Started)
{
    /// <summary>When the last of them has gone; null while they are to stay.</summary>
    internal DateTimeOffset? LeavesUntil { get; init; }
}
