namespace RevisionTools.FaultRuns.Processes;

/// <summary>What a process under test meets.</summary>
internal sealed record ProcessTerms
{
    public required int Number { get; init; }

    public required int Seed { get; init; }

    public Cut? Cut { get; init; }

    /// <summary>After which requests the second operator sets about something.</summary>
    public HashSet<int> OperatorMoments { get; init; } = [];

    public Action Operate { get; init; } = () => { };

    public bool WritesJournalLate { get; init; }
}
