namespace RevisionTools.Lifecycle;

/// <summary>Revisions are called by their full name, <c>app--suffix</c>, or by the suffix alone.</summary>
internal static class RevisionNames
{
    /// <summary>The full name.</summary>
    public static string Full(string appName, string name) => HasPrefix(appName, name) ? name : $"{appName}--{name}";

    /// <summary>The part after <c>app--</c>.</summary>
    public static string Suffix(string appName, string name) => HasPrefix(appName, name) ? name[(appName.Length + 2)..] : name;

    /// <summary>Whether the full name or the suffix matches a pattern; null matches all.</summary>
    public static bool Matches(string? pattern, string appName, string name) => pattern is null
        || NamePattern.Matches(pattern, name)
        || NamePattern.Matches(pattern, Suffix(appName, name));

    /// <summary>Whether the name can be one of the app's: a full name of another app cannot.</summary>
    public static bool CanBeOf(string appName, string name) => HasPrefix(appName, name) || !name.Contains("--", StringComparison.Ordinal);

    private static bool HasPrefix(string appName, string name) => name.StartsWith(appName + "--", StringComparison.OrdinalIgnoreCase);
}
