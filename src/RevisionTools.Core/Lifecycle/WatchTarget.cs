namespace RevisionTools.Lifecycle;

/// <summary>What is watched of one app.</summary>
/// <param name="App">The app.</param>
/// <param name="Names">Names of revisions or patterns; null among them stands for all, those to come too.</param>
internal sealed record WatchTarget(ContainerApp App, IReadOnlyList<string?> Names)
{
    /// <summary>Whether only certain revisions are meant, and not whatever there is.</summary>
    public bool IsNamed => Names.All(name => name is not null && !NamePattern.IsPattern(name));

    public IReadOnlyList<Revision> Of(AppSnapshot snapshot) =>
        [.. snapshot.Revisions.Where(revision => Names.Any(name => RevisionNames.Matches(name, App.Name, revision.Name)))];

    /// <summary>The full names among <see cref="Names"/> that no revision has.</summary>
    public IEnumerable<string> Missing(AppSnapshot snapshot) => Names.OfType<string>().Where(name => !NamePattern.IsPattern(name))
        .Select(name => RevisionNames.Full(App.Name, name)).Where(name => snapshot.Find(name) is null);
}
