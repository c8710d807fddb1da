using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Sets an app's limit of inactive revisions, and keeps the journal of it where there is one.</summary>
/// <param name="azure">Azure.</param>
/// <param name="options">How.</param>
/// <param name="journal">The journal; null for none.</param>
/// <param name="output">Where progress goes.</param>
internal sealed class LimitWriter(IContainerApps azure, AppUpdateOptions options, IPruneJournal? journal, IWorkOutput output)
{
    /// <param name="id">The app.</param>
    /// <param name="limit">The limit as it is to be.</param>
    /// <param name="isNeeded">Whether the app, as it was just read, is to be changed; it throws to refuse. False on what is read back.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the one under way.</param>
    /// <exception cref="RevisionToolsException">
    /// As for <see cref="AppUpdater"/>; <see cref="FailureKind.FileNotWritten"/> by the journal; <see cref="FailureKind.RevisionWaitTimeout"/> when the
    /// deadline came, which is a <see cref="ServiceRequestException"/> where the change was sent.
    /// </exception>
    public async Task<AppUpdate> SetAsync(ContainerAppId id, int limit, Func<AppState, bool> isNeeded, CancellationToken cancellationToken)
    {
        PruneWrite? sent = null;
        RevisionToolsException? refusal = null;
        var updater = new AppUpdater(azure, options with { OnSending = BeforeAsync }, output);
        try
        {
            var update = await TimeLimit.WithinAsync(azure.Time, options.Deadline.Left, token => updater.ApplyAsync(id, Plan, token), cancellationToken)
                .ConfigureAwait(false) ?? throw Late(id, limit, sent is not null);
            await AfterAsync(PruneWriteOutcome.Done, "").ConfigureAwait(false);
            return update;
        }
        catch (RevisionToolsException failure)
        {
            // Where a try may have taken effect, the updater throws that and not the refusal of the next one.
            var isSure = failure == refusal || failure is ServiceRequestException { OutcomeUnknown: false, Kind: not FailureKind.OperationFailed };
            await AfterAsync(isSure ? PruneWriteOutcome.NotDone : PruneWriteOutcome.Unknown, failure.Message).ConfigureAwait(false);
            throw;
        }

        JsonObject? Plan(AppState fresh)
        {
            try
            {
                return isNeeded(fresh) ? Patch(limit) : null;
            }
            catch (RevisionToolsException failure)
            {
                refusal = failure;
                throw;
            }
        }

        async ValueTask BeforeAsync(AppState fresh, CancellationToken token)
        {
            var write = new PruneWrite(PruneWriteKind.SetMaxInactive, id.Path) { Before = PurgeForecast.LimitOf(fresh.App), After = limit };
            if (journal is not null)
            {
                await journal.BeforeAsync(write, token).ConfigureAwait(false);
            }

            sent = write;
        }

        ValueTask AfterAsync(PruneWriteOutcome outcome, string message) =>
            sent is null || journal is null ? ValueTask.CompletedTask : journal.AfterAsync(sent, outcome, message);
    }

    private static RevisionToolsException Late(ContainerAppId id, int limit, bool isSent) => isSent
        ? new ServiceRequestException(
            FailureKind.RevisionWaitTimeout,
            $"The deadline came while the limit of inactive revisions of '{id.Name}' was being set to {limit}; whether it took effect is not known.")
        {
            ResourceId = id.Path,
            OutcomeUnknown = true,
        }
        : new RevisionToolsException(
            FailureKind.RevisionWaitTimeout, $"The deadline came before the limit of inactive revisions of '{id.Name}' was set to {limit}; nothing was sent.")
        {
            ResourceId = id.Path,
        };

    private static JsonObject Patch(int limit) => new()
    {
        ["properties"] = new JsonObject { ["configuration"] = new JsonObject { ["maxInactiveRevisions"] = limit } },
    };
}
