namespace RevisionTools.Pruning;

/// <summary>That a revision has a label, or had it.</summary>
/// <param name="Label">The label.</param>
/// <param name="IsHeld">Whether the app's traffic table gives it to the revision now.</param>
/// <param name="Until">Until when the revision had it last; the end of time where that is not over.</param>
internal readonly record struct LabelHolding(string Label, bool IsHeld, DateTimeOffset Until);
