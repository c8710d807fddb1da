namespace RevisionTools;

/// <summary>Compares names as Azure does: case does not count.</summary>
internal static class Names
{
    public static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
