namespace RevisionTools.Sandbox;

/// <summary>A revision of a fleet as data.</summary>
/// <param name="Suffix">The name after the two dashes.</param>
/// <param name="Tag">The tag of its image.</param>
/// <param name="Age">How long ago it was made.</param>
/// <param name="Replicas">Its replicas now; 0 for an active one is scaled to zero.</param>
internal sealed record FleetRevision(string Suffix, string Tag, TimeSpan Age, int Replicas = 1)
{
    /// <summary>How long ago it was taken down; null while it is active.</summary>
    internal TimeSpan? Inactive { get; init; }

    internal StartOutcome Outcome { get; init; }

    internal string? ReportedRunningState { get; init; }

    /// <summary>The suffix was given by the operator, so it stands in the template.</summary>
    internal bool IsNamed { get; init; }
}
