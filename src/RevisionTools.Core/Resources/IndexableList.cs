namespace RevisionTools;

/// <summary>
/// Makes the lists of public records out of arrays. PowerShell indexes only what has an indexer of its own; the read-only lists that the
/// compiler makes of collection expressions have none, and <c>$list[0]</c> gives the whole list.
/// </summary>
internal static class IndexableList
{
    public static T[] Of<T>(IReadOnlyList<T> items) => items as T[] ?? [.. items];
}
