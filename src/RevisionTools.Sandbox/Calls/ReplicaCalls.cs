namespace RevisionTools.Sandbox;

/// <summary>Replicas of a revision (ARM-FACTS 3.5). The list has no nextLink in its schema, so it is never paged.</summary>
internal static class ReplicaCalls
{
    internal static ArmAnswer List(ArmCall call)
    {
        (var app, var revision) = RevisionCalls.Find(call);

        // unconfirmed: no recording lists the replicas of a revision that has none; here the array is empty (ARM-FACTS 3.5).
        return ArmPage.Whole(
            SandboxReplica.Of(app, revision, call.Tenant.Random, call.Now),
            (writer, replica) => new ReplicaWriter(writer, app, revision, replica, call).Write());
    }

    internal static ArmAnswer Get(ArmCall call)
    {
        (var app, var revision) = RevisionCalls.Find(call);
        SandboxReplica replica = SandboxReplica.Of(app, revision, call.Tenant.Random, call.Now)
            .FirstOrDefault(replica => replica.Name.Equals(call["replica"], StringComparison.OrdinalIgnoreCase))
            ?? throw ArmErrors.ReplicaNotFound(revision.Name, call["replica"]);
        return ArmAnswer.Ok(writer => new ReplicaWriter(writer, app, revision, replica, call).Write());
    }
}
