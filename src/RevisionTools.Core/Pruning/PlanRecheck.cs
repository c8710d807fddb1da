using System.Collections.Concurrent;
using System.Collections.Frozen;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Takes plans that were made before up again on the apps as they are now.</summary>
/// <param name="azure">Azure.</param>
/// <param name="target">Where the plans may be carried out.</param>
/// <param name="output">Where refusals go, and results of what is not to be done any more.</param>
internal sealed class PlanRecheck(IContainerApps azure, PlanTarget target, IWorkOutput output)
{
    private readonly PruneWorldReader _reader = new(azure);
    private readonly ConcurrentQueue<PruneResult> _leftOut = [];

    /// <summary>Whether nothing is to be done, only said: results are kept in <see cref="LeftOut"/> then.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>What of the plans is not to be done any more, where that is only to be said.</summary>
    public IReadOnlyCollection<PruneResult> LeftOut => _leftOut;

    /// <summary>Whether an app that has moved is planned again, and what both plans take down is carried out.</summary>
    public bool AllowDrift { get; init; }

    /// <summary>What an earlier part of the same run has deactivated: no drift.</summary>
    public IReadOnlySet<RevisionId> OwnDeactivations { get; init; } = FrozenSet<RevisionId>.Empty;

    /// <summary>The limits of inactive revisions that an earlier part of the same run has set: no drift.</summary>
    public IReadOnlyDictionary<ContainerAppId, int> OwnLimits { get; init; } = FrozenDictionary<ContainerAppId, int>.Empty;

    /// <returns>The plans that may be carried out, on the world as it is now.</returns>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPruneRequest"/>: two plans of one app.</exception>
    public Task<IReadOnlyList<PrunePlan>> ReadAsync(IReadOnlyList<PrunePlan> plans, int throttleLimit, CancellationToken cancellationToken)
    {
        if (plans.GroupBy(plan => plan.World.Snapshot.App.Id).FirstOrDefault(app => app.Count() > 1) is { } twice)
        {
            throw new RevisionToolsException(FailureKind.InvalidPruneRequest, $"Two plans of the app '{twice.Key.Name}' were given; which of them is to hold?")
            {
                ResourceId = twice.Key.Path,
            };
        }

        return PlansInParallel.MakeAsync(
            plans, plan => plan.World.Snapshot.App.Id, CheckAsync, "Comparing plans with the apps", throttleLimit, output, cancellationToken);
    }

    private async Task<PrunePlan> CheckAsync(PrunePlan plan, CancellationToken cancellationToken)
    {
        target.Require(plan, azure.Time.GetUtcNow());
        var id = plan.World.Snapshot.App.Id;
        var live = await _reader.ReadAsync(id, plan.Request, cancellationToken).ConfigureAwait(false);
        var own = OwnDeactivations.Where(revision => revision.App == id).Select(revision => revision.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var drift = PlanDrift.Between(plan, live, own, OwnLimits.TryGetValue(id, out var limit) ? limit : null);
        if (drift.Count == 0)
        {
            return await WithoutPurgedAsync(plan with { World = live }).ConfigureAwait(false);
        }

        if (!AllowDrift)
        {
            throw new RevisionToolsException(
                FailureKind.PrunePlanDrifted,
                $"The app '{id.Name}' has moved since its plan was made, and nothing of it was sent: {PlanDrift.InShort(drift)}.")
            {
                ResourceId = plan.ResourceId,
            };
        }

        foreach (var line in drift)
        {
            await output.VerboseAsync($"App '{id.Name}' has moved since its plan was made: {line}.").ConfigureAwait(false);
        }

        return await AgreeAsync(plan, live).ConfigureAwait(false);
    }

    /// <summary>What the plan would take down and Azure has purged by now leaves nothing to do, and is a result.</summary>
    private async Task<PrunePlan> WithoutPurgedAsync(PrunePlan plan)
    {
        List<PrunePlanEntry> entries = [];
        foreach (var entry in plan.Entries)
        {
            if (entry.Decision != PruneDecision.Deactivate || plan.World.Snapshot.Find(entry.Name) is not null)
            {
                entries.Add(entry);
                continue;
            }

            const string Gone = "was down, and Azure has purged it by now";
            var revision = entry.Revision with { Stage = RevisionStage.Removed };
            await SayAsync(PruneResult.Of(revision, PruneOutcome.AlreadyInactive, Gone)).ConfigureAwait(false);
            entries.Add(entry with { Revision = revision, Decision = PruneDecision.Inactive, Reasons = [Gone] });
        }

        return plan with { Entries = entries };
    }

    private ValueTask SayAsync(PruneResult result)
    {
        if (!IsRehearsal)
        {
            return output.EmitAsync(result);
        }

        _leftOut.Enqueue(result);
        return ValueTask.CompletedTask;
    }

    /// <summary>A new plan that does only what the old one does too. What one of them does alone is a result.</summary>
    private async Task<PrunePlan> AgreeAsync(PrunePlan old, PruneWorld live)
    {
        var fresh = PrunePlanner.Plan(live, old.Request, azure.Time.GetUtcNow(), old.Selected) with { Cloud = old.Cloud };
        PlanReader.RefuseToKeepNothing(fresh);
        var now = fresh.Entries.ToDictionary(KeyOf);
        var planned = old.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate).ToDictionary(KeyOf);
        foreach (var (key, entry) in planned)
        {
            var current = now.GetValueOrDefault(key);
            if (current?.Decision != PruneDecision.Deactivate)
            {
                await SayAsync(LeftOutOf(entry, current)).ConfigureAwait(false);
            }
        }

        List<PrunePlanEntry> entries = [];
        foreach (var entry in fresh.Entries)
        {
            if (entry.Decision == PruneDecision.Deactivate && !planned.ContainsKey(KeyOf(entry)))
            {
                var why = $"only a new plan would take it down: {string.Join("; ", entry.Reasons)}";
                await SayAsync(PruneResult.Of(entry.Revision, PruneOutcome.Drifted, why)).ConfigureAwait(false);
                entries.Add(entry with { Decision = PruneDecision.Keep, Reasons = [why] });
            }
            else
            {
                entries.Add(entry);
            }
        }

        var step = fresh.Retention is null ? null : await AgreeAsync(old, fresh.Retention, PlannedRetention.Forecast(
            live.Snapshot, entries.Where(entry => entry.Decision == PruneDecision.Deactivate), fresh.Retention.After)).ConfigureAwait(false);
        return fresh with { Entries = PurgeForecast.Mark(entries, step?.After ?? PurgeForecast.LimitOf(live.Snapshot.App)), Retention = step };
    }

    /// <summary>The step on what both plans take down, where it puts nothing at risk that the old plan did not; else null, and that is said.</summary>
    private async Task<PruneRetention?> AgreeAsync(PrunePlan old, PruneRetention fresh, RetentionForecast forecast)
    {
        var added = forecast.MayBePurged.Where(revision => old.Retention?.MayBePurged.Any(known => RetentionForecast.IsSame(known, revision)) != true).ToList();
        if (old.Retention is not null && added.Count == 0)
        {
            return PlannedRetention.Step(forecast);
        }

        var why = old.Retention is null
            ? "only a new plan would lower it"
            : $"with {fresh.After} Azure might purge {added[0].Name}{(added.Count > 1 ? $" and {added.Count - 1} more" : "")} too, which the plan did not put at risk";
        await output.WarnAsync($"The limit of inactive revisions of '{old.ContainerAppName}' stays {fresh.Before}: {why}.").ConfigureAwait(false);
        return null;
    }

    private static PruneResult LeftOutOf(PrunePlanEntry planned, PrunePlanEntry? current) => current switch
    {
        null => PruneResult.Of(planned.Revision with { Stage = RevisionStage.Removed }, PruneOutcome.Drifted, "the plan would take it down, and it is gone"),
        { Decision: PruneDecision.Inactive } => PruneResult.Of(current.Revision, PruneOutcome.AlreadyInactive, current.Revision.StageReason),
        _ => PruneResult.Of(
            current.Revision, PruneOutcome.Drifted,
            $"the plan would take it down, and a new one would not: {current.Decision}: {string.Join("; ", current.Reasons)}", current.BlockedBy),
    };

    // Another revision may have come under the name of one that is gone.
    private static (string Name, DateTimeOffset? CreatedTime) KeyOf(PrunePlanEntry entry) => (entry.Name.ToUpperInvariant(), entry.CreatedTime);
}
