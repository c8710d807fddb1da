using RevisionTools.Lifecycle;

namespace RevisionTools.FaultRuns.Mutants;

/// <summary>Runs that go wrong about the order of things.</summary>
internal static class RunMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("The journal is written after the call", InterlockRules.Default, "A write is not in the journal") { WritesJournalLate = true },
        new("Interlocks are asked in the plan alone", InterlockRules.Default, "A protected revision was touched") { ForgetsAtCall = true },
    ];

    /// <summary>The plan, which asks no interlock any more when it is carried out.</summary>
    public static PrunePlan Forget(PrunePlan plan) => new(plan.World, plan.Request with { Interlocks = new InterlockRules([]) })
    {
        CreatedTime = plan.CreatedTime,
        Entries = plan.Entries,
        Retention = plan.Retention,
    };
}
