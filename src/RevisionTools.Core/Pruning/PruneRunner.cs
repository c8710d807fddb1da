using System.Collections.Concurrent;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Carries out the approved part of prune plans, and streams what became of each revision.</summary>
internal sealed class PruneRunner(IContainerApps azure, PruneRunOptions options, IWorkOutput output)
{
    private readonly FunctionConsumers _functions = new(azure);
    private readonly RunStop _stop = new(options.Deadline, options.MaxFailure, options.Journal);
    private readonly ConcurrentDictionary<PruneOutcome, int> _counts = [];
    private readonly ConcurrentDictionary<ContainerAppId, int> _left = [];
    private readonly ConcurrentBag<RevisionId> _unsure = [];

    /// <param name="approved">What to deactivate, one item an app.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>, where the journal could not be written any more.</exception>
    public async Task<PruneRunEnd> RunAsync(IReadOnlyList<ApprovedPrune> approved, CancellationToken cancellationToken)
    {
        var settings = new StateChangeOptions
        {
            Target = RevisionState.Inactive,
            Activity = "Pruning revisions",
            ThrottleLimit = options.ThrottleLimit,
            WaitTimeout = options.WaitTimeout,
            DrainTimeout = options.DrainTimeout,
            Deadline = options.Deadline,
            WhyStop = _stop.Why,
            Log = options.Journal is { } journal ? new StateChangeJournal(journal) : null,
            Random = options.Random,
        };
        using var runner = new StateChangeRunner(azure, settings, output);
        await runner.RunAsync([.. approved.SelectMany(Changes)], (change, end) => ReportAsync(change.Revision, end), cancellationToken).ConfigureAwait(false);
        var limitsLeft = await new RetentionRunner(azure, options, output).RunAsync(approved, WhyLimitStays, cancellationToken).ConfigureAwait(false);
        var left = _counts.GetValueOrDefault(PruneOutcome.NotAttempted);
        await _stop.TellAsync(left, "revision", output).ConfigureAwait(false);
        return new PruneRunEnd(
            left == 0 && limitsLeft == 0, _counts.OrderBy(count => count.Key).ToDictionary(count => count.Key.ToString(), count => count.Value))
        {
            Told = approved.SelectMany(prune => prune.Entries).Select(entry => entry.Revision.Id).ToHashSet(),
            Unsure = _unsure.ToHashSet(),
        };
    }

    private string? WhyLimitStays(ContainerAppId app) => _left.TryGetValue(app, out var left)
        ? $"{left} of its revisions {(left == 1 ? "was" : "were")} not deactivated for sure"
        : _stop.Why();

    private IEnumerable<ApprovedStateChange> Changes(ApprovedPrune approved)
    {
        // What goes in the same run stands in for nothing, also when its own turn comes later.
        var leaving = approved.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

        // Event consumers last and one by one, so that the work which they drop meets as many others as there can be.
        return approved.Entries.OrderBy(IsConsumer).Select(entry => new ApprovedStateChange(entry.Revision, async (revision, read, token) =>
        {
            var fresh = await _functions.JoinAsync(
                read, other => other.Active != false && (!leaving.Contains(other.Name) || other.Name == revision.Name), approved.Plan.World.Snapshot, token)
                .ConfigureAwait(false);
            var snapshot = fresh.Snapshot;
            var current = snapshot.Find(revision.Name)!;
            return current.CreatedTime != entry.CreatedTime
                ? ProtectedRevision.Refusal(current, [], "Another revision has its name by now: the one that was planned was made at another time")
                : RefusalOrNull(current, approved.Plan.World with { Snapshot = snapshot }, approved.Plan, leaving);
        })
        {
            Drains = IsConsumer(entry),
            IsAlone = IsConsumer(entry),
        });

        static bool IsConsumer(PrunePlanEntry entry) => entry.Interlocks.Contains(Interlock.ConsumesEvents);
    }

    /// <summary>The plan's interlocks and rules, asked again: where newer revisions have gone meanwhile, an older one may have become worth keeping.</summary>
    private static RevisionProtectedException? RefusalOrNull(Revision revision, PruneWorld fresh, PrunePlan plan, IReadOnlySet<string> leaving)
    {
        var obstacles = PruneObstacles.Of(revision, fresh, plan.Request, leaving, plan.CreatedTime);
        if (obstacles.Binding.Count > 0)
        {
            return ProtectedRevision.Refusal(revision, obstacles.Binding, string.Join("; ", obstacles.Words));
        }

        var reasons = KeepRules.ReasonsAtCall(plan, leaving, fresh, revision);
        return reasons.Count == 0 ? null : ProtectedRevision.Refusal(revision, [], $"A keep rule holds it by now: {string.Join("; ", reasons)}");
    }

    private async ValueTask ReportAsync(Revision planned, StateChange end)
    {
        var revision = end.Revision ?? planned;
        var failure = end.Failure;
        var (outcome, message) = end.Outcome switch
        {
            StateChangeOutcome.Done when end.Revision is null => (PruneOutcome.Deactivated, "accepted, and could not be read back"),
            StateChangeOutcome.Done => (PruneOutcome.Deactivated, failure?.Message ?? end.Note ?? end.Drain?.Message ?? revision.StageReason),
            StateChangeOutcome.AlreadyThere => (PruneOutcome.AlreadyInactive, failure?.Message ?? end.Note ?? end.Drain?.Message ?? revision.StageReason),
            StateChangeOutcome.Protected => (PruneOutcome.Drifted, failure!.Message),
            StateChangeOutcome.Failed => (PruneOutcome.Failed, failure!.Message),
            StateChangeOutcome.NotAttempted => (PruneOutcome.NotAttempted, failure is null ? $"not attempted: {end.Note}" : $"not attempted after {failure.Kind}"),
            _ => (PruneOutcome.Unknown, failure!.Message),
        };
        _counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        if (outcome is PruneOutcome.Failed or PruneOutcome.Unknown || end.Drain?.Failure is not null)
        {
            _stop.Fail();
        }

        if (outcome == PruneOutcome.Unknown)
        {
            _unsure.Add(planned.Id);
        }

        if (outcome is PruneOutcome.Failed or PruneOutcome.Unknown or PruneOutcome.NotAttempted)
        {
            _left.AddOrUpdate(planned.Id.App, 1, static (_, left) => left + 1);
        }

        await output.EmitAsync(PruneResult.Of(revision, outcome, message, end.Interlocks)).ConfigureAwait(false);
        if (failure is not null && end.Outcome != StateChangeOutcome.NotAttempted)
        {
            await output.FailAsync(failure, revision).ConfigureAwait(false);
        }
    }
}
