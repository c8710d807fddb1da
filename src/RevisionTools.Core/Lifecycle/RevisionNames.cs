using System.IO.Enumeration;

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
        || FileSystemName.MatchesSimpleExpression(pattern, name)
        || FileSystemName.MatchesSimpleExpression(pattern, Suffix(appName, name));

    private static bool HasPrefix(string appName, string name) => name.StartsWith(appName + "--", StringComparison.OrdinalIgnoreCase);
}
