namespace RevisionTools.Lifecycle;

/// <summary>Which apps are wanted; an empty list wants all.</summary>
internal sealed record AppFilter
{
    public static AppFilter All { get; } = new();

    /// <summary>Names or patterns of environments, of which one must match.</summary>
    public IReadOnlyList<string> EnvironmentNames { get; init; } = [];

    /// <summary>Kinds, of which one must be the app's.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Names of tags with the value or the pattern of it; the app must have all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    public bool Matches(ContainerApp app) =>
        (EnvironmentNames.Count == 0 || EnvironmentNames.Any(name => NamePattern.Matches(name, app.EnvironmentName ?? "")))
        && (Kinds.Count == 0 || Kinds.Any(kind => AppKinds.IsOf(app, kind)))
        && Tags.All(tag => app.Tags.TryGetValue(tag.Key, out var value) && NamePattern.Matches(tag.Value, value));
}
