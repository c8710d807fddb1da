namespace RevisionTools.Lifecycle;

/// <summary>An app and all its revisions as they were read together. What plans and interlocks are made from.</summary>
internal sealed record AppSnapshot
{
    public AppSnapshot(ContainerApp app, IEnumerable<Revision> revisions)
    {
        App = app;
        // Azure sends oldest first; the order is made sure of, so that nothing depends on how pages came in.
        Revisions = [.. revisions.OrderBy(revision => revision.CreatedTime ?? DateTimeOffset.MaxValue)
            .ThenBy(revision => revision.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public ContainerApp App { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Revision> Revisions { get; }

    /// <summary>The revision that most requests go to; null where none gets any.</summary>
    public Revision? Serving => Revisions.Where(revision => revision.EffectiveWeight > 0).MaxBy(revision => revision.EffectiveWeight);

    public Revision? Find(string revisionName) =>
        Revisions.FirstOrDefault(revision => Names.Same(revision.Name, revisionName));
}
