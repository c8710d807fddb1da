using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>What an app says by its tags about being pruned, whatever policy it is pruned by.</summary>
internal static class PruneTags
{
    /// <summary>Patterns of names to keep, with commas between them.</summary>
    public const string KeepTag = "revisiontools-keep";

    /// <summary><c>never</c> keeps the whole app.</summary>
    public const string PruneTag = "revisiontools-prune";

    private const string Never = "never";

    /// <summary>All tags that are heeded.</summary>
    public static IReadOnlyList<string> All { get; } = [KeepTag, PruneTag];

    /// <summary>Why all revisions of the app are kept, in words; null where the app does not ask for that. A value that is not known may be a slip of the pen, and keeps too.</summary>
    public static string? OptOut(ContainerApp app) => Value(app, PruneTag) switch
    {
        null => null,
        var value when IsNever(value) => $"tag {PruneTag}: {Never}",
        _ => NotUnderstood(app),
    };

    /// <summary>What is not understood of what the app asks for, in words; null for nothing.</summary>
    public static string? NotUnderstood(ContainerApp app) => Value(app, PruneTag) is { } value && !IsNever(value)
        ? $"tag {PruneTag} says '{value}', which is not '{Never}' and not understood"
        : null;

    /// <summary>The patterns of names that the app pins.</summary>
    public static IReadOnlyList<string> Pins(ContainerApp app) =>
        Value(app, KeepTag)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first of <paramref name="pins"/> that the revision matches.</summary>
    public static string? PinOf(Revision revision, IReadOnlyList<string> pins) =>
        pins.FirstOrDefault(pattern => RevisionNames.Matches(pattern, revision.ContainerAppName, revision.Name));

    private static bool IsNever(string value) => Names.Same(value.Trim(), Never);

    private static string? Value(ContainerApp app, string name) => app.Tags.FirstOrDefault(tag => Names.Same(tag.Key, name)).Value;
}
