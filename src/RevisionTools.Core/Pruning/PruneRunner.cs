using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Carries out the approved part of prune plans, and streams what became of each revision.</summary>
internal sealed class PruneRunner(IContainerApps azure, PruneRunOptions options, IWorkOutput output)
{
    /// <param name="approved">The entries to deactivate, of any number of apps.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    public async Task RunAsync(IReadOnlyList<PrunePlanEntry> approved, CancellationToken cancellationToken)
    {
        var settings = new StateChangeOptions
        {
            Target = RevisionState.Inactive,
            Activity = "Pruning revisions",
            ThrottleLimit = options.ThrottleLimit,
            WaitTimeout = options.WaitTimeout,
            Random = options.Random,
        };
        var changes = approved.GroupBy(entry => entry.Revision.Id.App).SelectMany(app => Changes([.. app])).ToList();
        using var runner = new StateChangeRunner(azure, settings, output);
        await runner.RunAsync(changes, (change, end) => ReportAsync(change.Revision, end), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<ApprovedStateChange> Changes(IReadOnlyList<PrunePlanEntry> ofApp)
    {
        // What goes in the same run stands in for nothing, also when its own turn comes later.
        var leaving = ofApp.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ofApp.Select(entry => new ApprovedStateChange(entry.Revision, (revision, snapshot) =>
            ProtectedRevision.RefusalOrNull(revision, Interlocks.BindingInBulk(Interlocks.Of(revision, snapshot, leaving), options.Lifts))
            ?? KeptByNow(revision, snapshot)));
    }

    /// <summary>The plan's rules, asked again: where newer revisions have gone meanwhile, an older one may have become worth keeping.</summary>
    private RevisionProtectedException? KeptByNow(Revision revision, AppSnapshot snapshot)
    {
        var reasons = new KeepRules(options.Policy, snapshot, azure.Time.GetUtcNow()).ReasonsToKeep(revision);
        return reasons.Count == 0 ? null : ProtectedRevision.Refusal(revision, [], $"A keep rule holds it by now: {string.Join("; ", reasons)}");
    }

    private async ValueTask ReportAsync(Revision planned, StateChange end)
    {
        var revision = end.Revision ?? planned;
        var failure = end.Failure;
        var (outcome, message) = end.Outcome switch
        {
            StateChangeOutcome.Done when end.Revision is null => (PruneOutcome.Deactivated, "accepted, and could not be read back"),
            StateChangeOutcome.Done => (PruneOutcome.Deactivated, failure?.Message ?? revision.StageReason),
            StateChangeOutcome.AlreadyThere => (PruneOutcome.AlreadyInactive, failure?.Message ?? revision.StageReason),
            StateChangeOutcome.Protected => (PruneOutcome.Drifted, failure!.Message),
            StateChangeOutcome.Failed => (PruneOutcome.Failed, failure!.Message),
            StateChangeOutcome.NotAttempted => (PruneOutcome.NotAttempted, $"not attempted after {failure!.Kind}"),
            _ => (PruneOutcome.Unknown, failure!.Message),
        };
        await output.EmitAsync(PruneResult.Of(revision, outcome, message, end.Interlocks)).ConfigureAwait(false);
        if (failure is not null && end.Outcome != StateChangeOutcome.NotAttempted)
        {
            await output.FailAsync(failure, revision).ConfigureAwait(false);
        }
    }
}
