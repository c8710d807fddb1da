using RevisionTools.Lifecycle;

namespace RevisionTools.FaultRuns.Mutants;

/// <summary>A way in which the code under test is made wrong, to see that it is noticed.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Interlocks">The rules in place of the right ones.</param>
/// <param name="Notices">What has to be said of it.</param>
internal sealed record Mutant(string Name, InterlockRules Interlocks, string Notices)
{
    /// <summary>Whether the interlocks are asked in the plan alone, and not again before each call.</summary>
    public bool ForgetsAtCall { get; init; }

    /// <summary>Whether the journal is written after the call.</summary>
    public bool WritesJournalLate { get; init; }
}
