namespace RevisionTools.Lifecycle;

/// <summary>A reason not to switch an app to single-revision mode.</summary>
/// <param name="Interlock">The interlock that the switch would break.</param>
/// <param name="RevisionName">The revision that it is about; null where the app has none.</param>
/// <param name="Words">What it means for that revision.</param>
internal sealed record ModeObstacle(Interlock Interlock, string? RevisionName, string Words)
{
    /// <summary>Whether it is the same reason about the same revision, however its numbers have moved.</summary>
    public bool IsSameAs(ModeObstacle other) =>
        Interlock == other.Interlock && string.Equals(RevisionName, other.RevisionName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The interlock and the words.</summary>
    public override string ToString() => $"{Interlock}: {Words}";
}
