namespace RevisionTools.Sandbox;

/// <summary>How much each revision has done, by name; small, and in order of first work.</summary>
internal sealed class WorkCounts
{
    private readonly Dictionary<string, long> _byRevision = new(StringComparer.OrdinalIgnoreCase);

    internal long Sum => _byRevision.Values.Sum();

    internal void Add(SandboxRevision revision, long count) =>
        _byRevision[revision.Name] = _byRevision.GetValueOrDefault(revision.Name) + count;

    internal IReadOnlyDictionary<string, long> Copy() =>
        new Dictionary<string, long>(_byRevision, StringComparer.OrdinalIgnoreCase);
}
