namespace RevisionTools.Lifecycle;

/// <summary>When an interlock holds for taking a revision down.</summary>
/// <param name="Interlock">The interlock.</param>
/// <param name="Holds">
/// Asked with the revision, the app as it was read, and the names of the other revisions that go down in the same run.
/// </param>
internal sealed record InterlockRule(Interlock Interlock, Func<Revision, AppSnapshot, IReadOnlySet<string>, bool> Holds);
