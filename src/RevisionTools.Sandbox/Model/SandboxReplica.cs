namespace RevisionTools.Sandbox;

/// <summary>A replica of a revision: follows wholly from the revision's state, so it is not kept.</summary>
internal sealed record SandboxReplica(string Name, DateTimeOffset CreatedTime, string ContainerId)
{
    /// <summary>The replicas of a revision now; named <c>{revision}-{pod-template hash}-{5 characters}</c> (ARM-FACTS 3.5).</summary>
    internal static IEnumerable<SandboxReplica> Of(SandboxApp app, SandboxRevision revision, SandboxRandom random)
    {
        var set = $"replicas/{app.Group}/{app.Name}/{revision.Name}/{revision.ReplicaGeneration}";
        var hash = random.Hex(10, set);
        for (var index = 0; index < revision.Replicas; index++)
        {
            var purpose = $"{set}/{index}";
            yield return new SandboxReplica(
                $"{revision.Name}-{hash}-{random.Alphanumeric(5, purpose)}",
                revision.ReplicasStarted.AddSeconds(index),
                random.Hex(64, purpose));
        }
    }
}
