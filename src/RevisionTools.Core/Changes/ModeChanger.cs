using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Switches the revision mode of apps and follows what that does to their revisions.</summary>
internal sealed class ModeChanger(IContainerApps azure, ModeChangeOptions options, IWorkOutput output)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    private readonly SnapshotReader _reader = new(azure);

    /// <summary>Carries out a plan that was agreed to, and gives the app as it is afterwards. What was not meant is warned of.</summary>
    /// <exception cref="RevisionToolsException">
    /// As for <see cref="AppUpdater"/>; <see cref="FailureKind.RevisionProtected"/> and <see cref="FailureKind.RevisionChanged"/>
    /// when the app has moved since the plan was made; <see cref="FailureKind.RevisionWaitTimeout"/>.
    /// </exception>
    public async Task<ContainerApp> ChangeAsync(ModePlan approved, CancellationToken cancellationToken)
    {
        var id = approved.App.Id;
        var updating = new AppUpdateOptions
        {
            Activity = $"Setting revision mode {approved.Target}",
            Patience = options.Patience,
            IsMeant = name => IsMeant(approved, name),
            Random = options.Random,
        };
        var update = await new AppUpdater(azure, updating, output).ApplyAsync(id, state => Patch(approved, state.Snapshot), cancellationToken).ConfigureAwait(false);
        var after = await FollowAsync(ModePlan.Of(update.Before.Snapshot, approved.Target), update.After.Snapshot, cancellationToken).ConfigureAwait(false);
        await WarnOfSideEffectsAsync(update, after, updating.IsMeant).ConfigureAwait(false);
        return after.App;
    }

    private static JsonObject? Patch(ModePlan approved, AppSnapshot fresh)
    {
        var plan = ModePlan.Of(fresh, approved.Target);
        if (plan.IsThere)
        {
            return null;
        }

        plan.RequireWithin(approved);
        return new JsonObject
        {
            ["properties"] = new JsonObject { ["configuration"] = new JsonObject { ["activeRevisionsMode"] = approved.Target.ToString() } },
        };
    }

    /// <summary>In single-revision mode the others go down and the one that is left may have to be started.</summary>
    private static bool IsMeant(ModePlan plan, string name)
    {
        var meant = plan.GoingDown.Select(revision => revision.Name).Append(plan.App.LatestRevisionName).Append(plan.App.LatestReadyRevisionName);
        return plan.Target == RevisionMode.Single && meant.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Looks until all that has no place in the mode is on its way down, or with a wait until it is inactive.</summary>
    private async Task<AppSnapshot> FollowAsync(ModePlan plan, AppSnapshot snapshot, CancellationToken cancellationToken)
    {
        var started = azure.Time.GetTimestamp();
        var limit = options.WaitTimeout ?? s_look;
        while (true)
        {
            // Taken before the read: a wait is only called too long on what was read after its end.
            var elapsed = azure.Time.GetElapsedTime(started);
            var left = plan.Others.Select(revision => snapshot.Find(revision.Name)).OfType<Revision>().Where(IsStillUp).ToList();
            if (left.Count == 0)
            {
                return snapshot;
            }

            if (elapsed >= limit)
            {
                await ReportStillUpAsync(plan, left, limit).ConfigureAwait(false);
                return snapshot;
            }

            await output.ProgressAsync(new WorkProgress(
                $"Setting revision mode {plan.Target}", $"{plan.App.Name}: {left.Count} of {plan.Others.Count} not down yet", null)).ConfigureAwait(false);
            var pause = s_interval + TimeSpan.FromMilliseconds(options.Random.Next(0, 1000));
            await Task.Delay(pause < limit - elapsed ? pause : limit - elapsed, azure.Time, cancellationToken).ConfigureAwait(false);
            snapshot = await ReadAsync(plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AppSnapshot> ReadAsync(ModePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(plan.App.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            throw new RevisionToolsException(
                failure.Kind, $"The app '{plan.App.Name}' is in mode {plan.Target}, and what becomes of its revisions could not be read: {failure.Message}", failure)
            {
                ResourceId = plan.App.ResourceId,
            };
        }
    }

    private bool IsStillUp(Revision revision) => options.WaitTimeout is null ? revision.IsStanding : revision.Active != false;

    private async ValueTask ReportStillUpAsync(ModePlan plan, IReadOnlyList<Revision> left, TimeSpan limit)
    {
        var names = string.Join(", ", left.Select(revision => $"{revision.Name} ({revision.Stage})"));
        if (options.WaitTimeout is not null)
        {
            throw new RevisionToolsException(
                FailureKind.RevisionWaitTimeout, $"The app '{plan.App.Name}' is in mode {plan.Target}, and after {limit} these revisions are not inactive: {names}.")
            {
                ResourceId = plan.App.ResourceId,
            };
        }

        await output.WarnAsync($"The app '{plan.App.Name}' is in mode {plan.Target}, and after {limit} these revisions are still up: {names}.").ConfigureAwait(false);
    }

    private async ValueTask WarnOfSideEffectsAsync(AppUpdate update, AppSnapshot after, Func<string, bool> isMeant)
    {
        if (update.HasWritten)
        {
            var effects = update.SideEffects.Union(UnexpectedChanges.OfRevisions(update.Before.Snapshot, after, isMeant)).ToList();
            if (effects.Count > 0)
            {
                await output.WarnAsync($"The app '{after.App.Name}' has changed beyond its mode: {string.Join("; ", effects)}.").ConfigureAwait(false);
            }
        }
    }
}
