namespace RevisionTools.Lifecycle;

/// <summary>
/// The replicas of a revision at one moment, told by the hash that those started together share. A restart starts others with another
/// hash, which is what proves it. Where a name has no hash, a replica that was made later than all of that moment is another.
/// </summary>
/// <remarks>ARM-FACTS 3.5: <c>{revision}-{pod-template hash}-{5 characters}</c>; while one set replaces another both are listed.</remarks>
internal sealed class ReplicaGeneration
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _hashes;
    private readonly DateTimeOffset? _newest;

    private ReplicaGeneration(IReadOnlyCollection<Replica> replicas)
    {
        _names = new HashSet<string>(replicas.Select(replica => replica.Name), StringComparer.OrdinalIgnoreCase);
        _hashes = new HashSet<string>(replicas.Select(HashOf).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        _newest = replicas.Max(replica => replica.CreatedTime);
    }

    /// <summary>Whether there was no replica at all, so that nothing can be told from later ones.</summary>
    public bool IsEmpty => _names.Count == 0;

    public static ReplicaGeneration Of(IEnumerable<Replica> replicas) => new([.. replicas]);

    /// <summary>Whether the replica was among those of that moment, or was started together with them.</summary>
    // Compared with Azure's other times, since the clock here may be another.
    public bool Has(Replica replica) => HashOf(replica) is { } hash && _hashes.Count > 0
        ? _hashes.Contains(hash)
        : _names.Contains(replica.Name) || replica.CreatedTime <= _newest;

    /// <summary>The hash; null for a name of another form.</summary>
    private static string? HashOf(Replica replica)
    {
        var rest = replica.Name.StartsWith(replica.RevisionName + "-", StringComparison.OrdinalIgnoreCase)
            ? replica.Name[(replica.RevisionName.Length + 1)..]
            : replica.Name;
        return rest.Split('-') is [{ Length: > 0 } hash, { Length: > 0 }] ? hash : null;
    }
}
