namespace RevisionTools.Sandbox;

/// <summary>A replica of a revision: follows wholly from the revision's state, so it is not kept.</summary>
/// <param name="Name"><c>{revision}-{pod-template hash}-{5 characters}</c> (ARM-FACTS 3.5).</param>
/// <param name="CreatedTime">When it was started.</param>
/// <param name="IsLeaving">Whether a restart has replaced it and it is stopping.</param>
internal sealed record SandboxReplica(string Name, DateTimeOffset CreatedTime, bool IsLeaving)
{
    /// <summary>
    /// The replicas of a revision now, in order of their names; shortly after a restart those before it too (ARM-FACTS 3.5,
    /// recording 03, index 34).
    /// </summary>
    internal static IEnumerable<SandboxReplica> Of(SandboxApp app, SandboxRevision revision, SandboxRandom random, DateTimeOffset now)
    {
        var present = Of(app, revision, revision.ReplicaSet, random);
        return (revision.Leaving.LeavesUntil > now ? present.Concat(Of(app, revision, revision.Leaving, random)) : present)
            .OrderBy(replica => replica.Name, StringComparer.Ordinal);
    }

    /// <summary>The id of one of its containers at the runtime.</summary>
    internal string ContainerId(string container, SandboxRandom random) => random.Hex(32, $"container/{Name}/{container}");

    private static IEnumerable<SandboxReplica> Of(SandboxApp app, SandboxRevision revision, ReplicaSet set, SandboxRandom random)
    {
        var purpose = $"replicas/{app.Group}/{app.Name}/{revision.Name}/{set.Generation}";
        var hash = random.Hex(10, purpose);
        for (var index = 0; index < set.Count; index++)
        {
            yield return new SandboxReplica(
                $"{revision.Name}-{hash}-{random.Alphanumeric(5, $"{purpose}/{index}")}",
                set.Started.AddSeconds(index),
                set.LeavesUntil is not null);
        }
    }
}
