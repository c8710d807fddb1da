using System.Globalization;

namespace RevisionTools.Lifecycle;

/// <summary>What came of asking a revision itself.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Failure">Why there was none.</param>
internal sealed record ProbeAnswer(int? Status, string? Failure = null)
{
    /// <summary>Whether the revision serves: 2xx, or a redirect, which is not followed.</summary>
    public bool IsGood => Status is >= 200 and < 400;

    public override string ToString() => Status?.ToString(CultureInfo.InvariantCulture) ?? $"no answer ({Failure})";
}
