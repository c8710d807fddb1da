using System.Collections.Concurrent;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning.Journal;
using RevisionTools.Work;

namespace RevisionTools.Pruning.Undo;

/// <summary>
/// Reads the apps that an undo is about, several at a time, and plans it. What cannot be read is reported, what the deadline has kept from being
/// read has no turn, and the others go on.
/// </summary>
internal sealed class UndoReader(IContainerApps azure, IWorkOutput output)
{
    private const string Gone = "the app is gone";

    private readonly SnapshotReader _reader = new(azure);

    /// <summary>When no app is read any more.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <param name="request">What is to be undone.</param>
    /// <param name="begun">The undo that was cut off and goes on; null for none.</param>
    /// <param name="throttleLimit">How many apps are read at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A plan for each app, in the order in which they come.</returns>
    public async Task<IReadOnlyList<UndoPlan>> ReadAsync(UndoRequest request, JournalRun? begun, int throttleLimit, CancellationToken cancellationToken)
    {
        var revisions = request.Revisions.ToLookup(write => RevisionId.TryParse(write.Write.ResourceId)!.Value.App);
        var limits = request.Limits.ToLookup(write => ContainerAppId.TryParse(write.Write.ResourceId)!.Value);
        List<ContainerAppId> apps = [.. limits.Select(app => app.Key).Concat(revisions.Select(app => app.Key)).Distinct()];
        var plans = new ConcurrentDictionary<ContainerAppId, UndoPlan>();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(apps, parallelism, async (app, token) =>
        {
            var (itsLimits, itsRevisions) = (limits[app].ToList(), revisions[app].ToList());
            plans[app] = await TimeLimit.WithinAsync(azure.Time, Deadline.Left, limited => PlanAsync(app, itsLimits, itsRevisions, begun, limited), token)
                    .ConfigureAwait(false)
                ?? Unread(app, itsLimits, itsRevisions, UndoOutcome.NotAttempted, $"not attempted: the deadline of {Deadline.Span} came before the app was read");
            await output.ProgressAsync(new WorkProgress("Planning an undo", $"{plans.Count} of {apps.Count}: {app.Name}", 100 * plans.Count / apps.Count))
                .ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. apps.Select(app => plans[app])];
    }

    private async Task<UndoPlan> PlanAsync(
        ContainerAppId app, IReadOnlyList<JournalWrite> limits, IReadOnlyList<JournalWrite> revisions, JournalRun? begun, CancellationToken cancellationToken)
    {
        AppSnapshot? snapshot;
        try
        {
            snapshot = await ReadAsync(app, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind != FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, app.Path).ConfigureAwait(false);
            return Unread(app, limits, revisions, UndoOutcome.Failed, $"the app could not be read: {failure.Kind}");
        }

        if (snapshot is null)
        {
            return new UndoPlan(
                app,
                [.. limits.Select(write => new UndoLimit(write, app, UndoOutcome.LimitLeft, Gone) { Sent = SentFor(write, begun) })],
                [.. revisions.Select(write => new UndoItem(write, IdOf(write), null, UndoOutcome.Purged, Gone) { Sent = SentFor(write, begun) })]);
        }

        var items = revisions.Select(write => UndoItem.Of(write, IdOf(write), snapshot, SentFor(write, begun))).ToList();
        await WarnOfConsumersAsync(items, snapshot).ConfigureAwait(false);
        return new UndoPlan(app, Limits(app, limits, PurgeForecast.LimitOf(snapshot.App), begun), items);
    }

    private static UndoPlan Unread(
        ContainerAppId app, IReadOnlyList<JournalWrite> limits, IReadOnlyList<JournalWrite> revisions, UndoOutcome outcome, string why) => new(
        app,
        [.. limits.Select(write => new UndoLimit(write, app, outcome, why))],
        [.. revisions.Select(write => new UndoItem(write, IdOf(write), null, outcome, why))]);

    /// <summary>The app; null where it is gone. One answer that it is not there is no proof: it is missing from the list of its resource group too, or that is gone.</summary>
    private async Task<AppSnapshot?> ReadAsync(ContainerAppId app, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(app, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.ContainerAppNotFound)
        {
            if (await IsListedAsync(app, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return null;
        }
    }

    private async Task<bool> IsListedAsync(ContainerAppId app, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var listed in azure.ListAppsAsync(app.SubscriptionId, app.ResourceGroupName, cancellationToken).ConfigureAwait(false))
            {
                if (listed.Id == app)
                {
                    return true;
                }
            }
        }
        catch (ServiceRequestException failure) when (failure.ErrorCode is "ResourceGroupNotFound" or "SubscriptionNotFound")
        {
            // The group is gone as well.
        }

        return false;
    }

    private static List<UndoLimit> Limits(ContainerAppId app, IReadOnlyList<JournalWrite> writes, int limit, JournalRun? begun)
    {
        List<UndoLimit> limits = [];
        foreach (var write in writes)
        {
            var step = UndoLimit.Of(write, app, limit) with { Sent = SentFor(write, begun) };
            limit = step.Outcome is null ? step.To : limit;
            limits.Add(step);
        }

        return limits;
    }

    private static RevisionId IdOf(JournalWrite write) => RevisionId.TryParse(write.Write.ResourceId)!.Value;

    private static PruneWrite? SentFor(JournalWrite pruned, JournalRun? begun)
    {
        var kind = pruned.Write.Kind == PruneWriteKind.Deactivate ? PruneWriteKind.Activate : pruned.Write.Kind;
        return begun?.Find(pruned.Write with { Kind = kind }) is { IsOpen: true } sent ? sent.Write : null;
    }

    private async ValueTask WarnOfConsumersAsync(IReadOnlyList<UndoItem> items, AppSnapshot snapshot)
    {
        var coming = items.Where(item => item.Outcome is null).Select(item => item.Revision!).ToList();
        foreach (var revision in coming)
        {
            var others = snapshot.Revisions.Where(other => other.IsStanding).Concat(coming.TakeWhile(other => other != revision));
            var shared = revision.EventConsumers
                .Select(consumer => (Consumer: consumer, Other: others.FirstOrDefault(other => other.EventConsumers.Any(consumer.IsOfSameSource))))
                .FirstOrDefault(pair => pair.Other is not null);
            if (shared.Other is { } rival)
            {
                await output.WarnAsync($"Once active, revision '{revision.Name}' consumes {shared.Consumer}, as '{rival.Name}' does: each gets a part of the work.")
                    .ConfigureAwait(false);
            }
        }
    }
}
