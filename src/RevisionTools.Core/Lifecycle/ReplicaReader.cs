namespace RevisionTools.Lifecycle;

/// <summary>Reads the replicas of a revision.</summary>
internal static class ReplicaReader
{
    public static async Task<IReadOnlyList<Replica>> ReadAsync(IContainerApps azure, RevisionId id, CancellationToken cancellationToken)
    {
        List<Replica> replicas = [];
        await foreach (var replica in azure.ListReplicasAsync(id, cancellationToken).ConfigureAwait(false))
        {
            replicas.Add(replica);
        }

        return replicas;
    }
}
