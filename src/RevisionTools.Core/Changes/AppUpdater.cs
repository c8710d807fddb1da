using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>
/// Changes one app the careful way: read afresh, plan on what was read, send the patch once, read back. Azure has no etag; what stands in
/// for it is that Azure takes one operation on an app at a time and each lasts some seconds, so a change that comes between read and write
/// is answered with a conflict, after which all of it is done again.
/// </summary>
internal sealed class AppUpdater(IContainerApps azure, AppUpdateOptions options, IWorkOutput output)
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_operation = TimeSpan.FromMinutes(1);

    private readonly AppStateReader _reader = new(azure);
    private readonly CallPatience _patience = new(options.Random, options.Patience);

    /// <param name="id">The app.</param>
    /// <param name="plan">
    /// The patch that is needed from what was read, or null when nothing is; it throws to refuse. It is asked before every try and again on
    /// what is read back, so what is relative ("swap") must have been made absolute before.
    /// </param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the one under way.</param>
    /// <exception cref="RevisionToolsException">
    /// What <paramref name="plan"/> refused; <see cref="FailureKind.RevisionConflict"/> when the app stayed busy;
    /// <see cref="FailureKind.RevisionChanged"/> when Azure took the change and does not show it. With
    /// <see cref="ServiceRequestException.OutcomeUnknown"/> a change was sent, and nobody can say whether it took effect.
    /// </exception>
    public Task<AppUpdate> ApplyAsync(ContainerAppId id, Func<AppState, JsonObject?> plan, CancellationToken cancellationToken) =>
        ApplyAsync(id, (state, _) => Task.FromResult(plan(state)), cancellationToken);

    /// <summary>The same with a plan that has to read more than an app and its revisions.</summary>
    public async Task<AppUpdate> ApplyAsync(
        ContainerAppId id, Func<AppState, CancellationToken, Task<JsonObject?>> plan, CancellationToken cancellationToken)
    {
        var started = azure.Time.GetTimestamp();
        Attempt? sent = null;
        for (var number = 1; ; number++)
        {
            var (fresh, patch) = await PlanAsync(id, plan, sent, started, cancellationToken).ConfigureAwait(false);
            if (patch is null)
            {
                return sent is null ? new AppUpdate(fresh, fresh, HasWritten: false, []) : Found(sent, fresh);
            }

            var attempt = new Attempt(sent?.Before ?? fresh, patch, sent?.Lost);
            try
            {
                await output.ProgressAsync(new WorkProgress(options.Activity, id.Name, null)).ConfigureAwait(false);
                await options.OnSending(fresh, cancellationToken).ConfigureAwait(false);
                await azure.UpdateAppAsync(id, patch, LimitOfOperation(started), cancellationToken).ConfigureAwait(false);
                options.OnAccepted();
                return await LookAsync(id, plan, attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure) when (failure.Kind == FailureKind.OperationFailed)
            {
                throw await WithWhatShowsAsync(failure, id, plan, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure)
            {
                sent = failure.OutcomeUnknown ? attempt with { Lost = failure } : sent;
                if (_patience.PauseAfter(failure, number, azure.Time.GetElapsedTime(started)) is { } pause)
                {
                    await WaitAsync(failure, number, pause, id, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                if (sent is null)
                {
                    throw;
                }

                (fresh, patch) = await PlanAsync(id, plan, sent, started, cancellationToken).ConfigureAwait(false);
                return patch is null ? Found(sent, fresh) : throw Again(sent.Lost!);
            }
        }
    }

    /// <summary>What is left of the patience, but enough for an operation as Azure's usually are: one that has begun is worth its end.</summary>
    private TimeSpan LimitOfOperation(long started)
    {
        var left = options.Patience - azure.Time.GetElapsedTime(started);
        return left > s_operation ? left : s_operation;
    }

    /// <summary>
    /// Reads and plans. Where a change was sent and got lost, its operation is let come to its end first, and that is what a failure is
    /// about: it may still come true.
    /// </summary>
    private async Task<(AppState Fresh, JsonObject? Patch)> PlanAsync(
        ContainerAppId id, Func<AppState, CancellationToken, Task<JsonObject?>> plan, Attempt? sent, long started, CancellationToken cancellationToken)
    {
        try
        {
            var fresh = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            while (sent is not null && Is(fresh, "InProgress") && azure.Time.GetElapsedTime(started) < options.Patience)
            {
                await Task.Delay(s_settling, azure.Time, cancellationToken).ConfigureAwait(false);
                fresh = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            }

            return (fresh, await plan(fresh, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException) when (sent?.Lost is { } lost)
        {
            throw Again(lost);
        }
    }

    /// <summary>A change whose answer was lost, and which the app shows.</summary>
    private AppUpdate Found(Attempt sent, AppState after)
    {
        if (Is(after, "InProgress"))
        {
            throw Again(sent.Lost!);
        }

        return !Is(after, "Failed") || Is(sent.Before, "Failed") ? Compare(sent, after) : throw new ServiceRequestException(
            FailureKind.OperationFailed,
            $"Azure took the change of the app '{after.App.Name}', and its operation ended as Failed, for reasons that got lost. The app shows the change all the same.",
            sent.Lost)
        {
            ResourceId = after.App.ResourceId,
        };
    }

    /// <summary>The failure of an operation with what became of the change: Azure does not take back what it could not finish.</summary>
    private async Task<ServiceRequestException> WithWhatShowsAsync(
        ServiceRequestException failure, ContainerAppId id, Func<AppState, CancellationToken, Task<JsonObject?>> plan, CancellationToken cancellationToken)
    {
        string shows;
        try
        {
            var after = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            shows = await plan(after, cancellationToken).ConfigureAwait(false) is null ? "The app shows the change all the same." : "The app does not show the change.";
        }
        catch (RevisionToolsException)
        {
            shows = "Whether the app shows the change could not be read.";
        }

        return new ServiceRequestException(failure.Kind, $"{failure.Message} {shows}", failure)
        {
            Status = failure.Status,
            ErrorCode = failure.ErrorCode,
            CorrelationId = failure.CorrelationId,
            ResourceId = failure.ResourceId,
        };
    }

    private async Task WaitAsync(ServiceRequestException failure, int number, TimeSpan pause, ContainerAppId id, CancellationToken cancellationToken)
    {
        await output.ProgressAsync(new WorkProgress(options.Activity, $"{id.Name}: {CallPatience.Reason(failure)}, trying again", null)).ConfigureAwait(false);
        await output.DebugAsync(CallPatience.Describe(id.Name, failure, number, pause)).ConfigureAwait(false);
        await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks until the change shows. An accepted change that does not show is not called done.</summary>
    private async Task<AppUpdate> LookAsync(
        ContainerAppId id, Func<AppState, CancellationToken, Task<JsonObject?>> plan, Attempt attempt, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            AppState after;
            bool shows;
            try
            {
                after = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
                shows = await plan(after, cancellationToken).ConfigureAwait(false) is null;
            }
            catch (RevisionToolsException unseen)
            {
                throw new RevisionToolsException(
                    unseen.Kind, $"Azure changed the app '{id.Name}', and it could not be read back as it should be: {unseen.Message}", unseen)
                {
                    ResourceId = id.Path,
                };
            }

            if (shows)
            {
                return Compare(attempt, after);
            }

            if (LookPauses.After(look) is not { } pause)
            {
                throw new RevisionToolsException(
                    FailureKind.RevisionChanged,
                    $"Azure accepted the change of the app '{id.Name}', and after a minute the app is not as asked for: somebody else may have changed it again.")
                {
                    ResourceId = id.Path,
                };
            }

            await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private AppUpdate Compare(Attempt sent, AppState after)
    {
        var fields = AppDifferences.Between(sent.Before.Document.Json, after.Document.Json, sent.Patch).Select(path => $"'{path}' is not what it was");
        return new AppUpdate(
            sent.Before, after, HasWritten: true,
            [.. UnexpectedChanges.OfRevisions(sent.Before.Snapshot, after.Snapshot, options.IsMeant), .. fields]);
    }

    private static bool Is(AppState state, string provisioningState) =>
        string.Equals(state.App.ProvisioningState, provisioningState, StringComparison.OrdinalIgnoreCase);

    private static ServiceRequestException Again(ServiceRequestException lost) => new(lost.Kind, lost.Message, lost)
    {
        Status = lost.Status,
        ErrorCode = lost.ErrorCode,
        CorrelationId = lost.CorrelationId,
        ResourceId = lost.ResourceId,
        OutcomeUnknown = true,
    };

    /// <summary>A patch that was sent.</summary>
    private sealed record Attempt(AppState Before, JsonObject Patch, ServiceRequestException? Lost);
}
