namespace RevisionTools.Lifecycle;

/// <summary>The end of an attempt to activate or deactivate one revision.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Revision">The revision as last read; null where it could not be read.</param>
/// <param name="Interlocks">What forbade it.</param>
/// <param name="Failure">Why it was refused, failed, is unknown, was not attempted, or could not be waited for.</param>
internal sealed record StateChange(
    StateChangeOutcome Outcome, Revision? Revision, IReadOnlyList<Interlock> Interlocks, RevisionToolsException? Failure)
{
    /// <summary>How its drain went, where one was waited for.</summary>
    public DrainEnd? Drain { get; init; }

    /// <summary>More to say of it, such as the rule that ended the run before its turn.</summary>
    public string? Note { get; init; }

    public static StateChange NotAttempted(string why) => new(StateChangeOutcome.NotAttempted, null, [], null) { Note = why };

    public static StateChange Failed(RevisionToolsException failure, Revision? revision = null) =>
        new(StateChangeOutcome.Failed, revision, [], failure);
}
