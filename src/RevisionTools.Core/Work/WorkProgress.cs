namespace RevisionTools.Work;

/// <summary>How far a piece of work is.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Percent">0 to 100, or null where nobody knows.</param>
internal sealed record WorkProgress(string Activity, string Status, int? Percent);
