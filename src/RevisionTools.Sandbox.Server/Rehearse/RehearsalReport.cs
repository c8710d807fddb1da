using RevisionTools.Lifecycle;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary>What a rehearsal saw, planned and did.</summary>
internal sealed record RehearsalReport
{
    public required string Policy { get; init; }

    public required IReadOnlyList<AppSnapshot> Fleet { get; init; }

    public required IReadOnlyList<PrunePlan> Plans { get; init; }

    /// <summary>Empty when only a plan was asked for.</summary>
    public required IReadOnlyList<PruneResult> Results { get; init; }

    /// <summary>The same policy planned again on what was read back; empty when only a plan was asked for.</summary>
    public required IReadOnlyList<PrunePlan> Afterwards { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<RevisionToolsException> Failures { get; init; }

    public required int Writes { get; init; }

    public bool WasCarriedOut => Afterwards.Count > 0;

    /// <summary>Whether nothing failed, every planned deactivation is seen in what was read back, and nothing is left to do.</summary>
    public bool IsAsPlanned => Failures.Count == 0 && (!WasCarriedOut || (Left == 0 && Deactivated == Planned));

    public int Planned => Plans.Sum(plan => plan.DeactivateCount);

    public int Kept => Plans.Sum(plan => plan.KeepCount);

    public int Inactive => Plans.Sum(plan => plan.InactiveCount);

    /// <summary>How many of the planned revisions were read back as no longer active.</summary>
    public int Deactivated
    {
        get
        {
            var gone = Afterwards.SelectMany(plan => plan.Entries).Where(entry => entry.Revision.Active == false)
                .Select(entry => entry.ResourceId).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return Plans.SelectMany(plan => plan.Entries).Count(entry =>
                entry.Decision == PruneDecision.Deactivate && gone.Contains(entry.ResourceId));
        }
    }

    /// <summary>How many deactivations the same policy would still ask for.</summary>
    public int Left => Afterwards.Sum(plan => plan.DeactivateCount);

    /// <summary>How many revisions each interlock blocks; one revision may be blocked by several.</summary>
    public IReadOnlyDictionary<string, int> BlockedBy => Plans.SelectMany(plan => plan.Entries)
        .SelectMany(entry => entry.BlockedBy)
        .GroupBy(interlock => interlock.ToString())
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Count());

    public int Blocked => Plans.Sum(plan => plan.BlockedCount);
}
