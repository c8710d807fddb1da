using RevisionTools.FaultRuns.Oracle;

namespace RevisionTools.FaultRuns.Time;

/// <summary>
/// A link in the chain of what follows from what: a request follows from the answer on which it was decided. So it can be told which reads
/// a write rests on, however many are under way at once.
/// </summary>
/// <param name="Before">What this follows from itself.</param>
/// <param name="Path">The path of the request that was answered; null for anything else.</param>
/// <param name="Seen">The app as the answer showed it; null where it showed none.</param>
/// <param name="At">When the service answered.</param>
internal sealed record Cause(Cause? Before, string? Path, AppView? Seen, DateTimeOffset At);
