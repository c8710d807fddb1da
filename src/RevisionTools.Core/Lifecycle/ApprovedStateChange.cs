namespace RevisionTools.Lifecycle;

/// <summary>A state change that was planned, and where needed asked for.</summary>
/// <param name="Id">The revision.</param>
/// <param name="Accepted">The interlocks that the person has seen and accepted; any other one that binds still stops the change.</param>
/// <param name="IsUnderway">Whether the revision is on its way already, so that nothing is to be sent and only the wait is left.</param>
internal sealed record ApprovedStateChange(RevisionId Id, IReadOnlyList<Interlock> Accepted, bool IsUnderway = false);
