namespace RevisionTools.Preflight;

/// <summary>What an environment was seen to have of a kind, or why that could not be seen.</summary>
/// <param name="Names">The names; null where they could not be read.</param>
/// <param name="Why">Why not, in a sentence.</param>
/// <param name="IsGone">Whether the environment itself is not there.</param>
internal sealed record NameLook(IReadOnlyList<string>? Names, string Why = "", bool IsGone = false)
{
    /// <summary>Whether it has the name; null where nobody could look.</summary>
    public bool? Has(string name) => IsGone ? false : Names?.Contains(name, StringComparer.OrdinalIgnoreCase);
}
