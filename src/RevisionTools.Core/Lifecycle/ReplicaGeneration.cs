namespace RevisionTools.Lifecycle;

/// <summary>
/// The replicas of a revision at one moment, told by the hash that those started together share. A restart starts others with another
/// hash, which is what proves it.
/// </summary>
/// <remarks>ARM-FACTS 3.5: <c>{revision}-{pod-template hash}-{5 characters}</c>; while one set replaces another both are listed.</remarks>
internal sealed class ReplicaGeneration
{
    private readonly HashSet<string> _hashes;

    private ReplicaGeneration(IEnumerable<string> hashes) => _hashes = new HashSet<string>(hashes, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there was no replica at all, so that nothing can be told from later ones.</summary>
    public bool IsEmpty => _hashes.Count == 0;

    public static ReplicaGeneration Of(IEnumerable<Replica> replicas) => new(replicas.Select(HashOf));

    /// <summary>Whether the replica was among those of that moment, or was started together with them.</summary>
    public bool Has(Replica replica) => _hashes.Contains(HashOf(replica));

    // A name of another form stands for itself: then every replica is its own generation.
    private static string HashOf(Replica replica)
    {
        var rest = replica.Name.StartsWith(replica.RevisionName + "-", StringComparison.OrdinalIgnoreCase)
            ? replica.Name[(replica.RevisionName.Length + 1)..]
            : replica.Name;
        return rest.Split('-') is [var hash, { Length: > 0 }] ? hash : replica.Name;
    }
}
