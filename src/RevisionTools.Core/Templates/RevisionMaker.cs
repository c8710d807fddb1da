using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Traffic;
using RevisionTools.Work;

namespace RevisionTools.Templates;

/// <summary>
/// Makes a revision: one patch of the template, sent again only when the revision is surely not there; then the wait, and its label.
/// </summary>
internal sealed class RevisionMaker(IContainerApps azure, RevisionMakerOptions options, IWorkOutput output)
{
    private const string Activity = "Making a revision";

    private static readonly HashSet<string> s_none = [];

    /// <summary>Makes the revision, tells what else has changed, and gives it out. What fails after it was made is reported beside it.</summary>
    public async Task<MadeRevision> MakeAsync(RevisionDraft draft, CancellationToken cancellationToken)
    {
        var (name, state, isNew) = draft.Existing is { } existing
            ? (existing.Name, draft.State, false)
            : await CreateAsync(draft, cancellationToken).ConfigureAwait(false);
        var revision = state.Snapshot.Find(name) ?? throw RevisionStateChanger.NotFound(new RevisionId(draft.App.Id, name));
        try
        {
            await PinAsync(draft, revision, cancellationToken).ConfigureAwait(false);
            revision = await WaitAsync(draft, revision, seen => revision = seen, cancellationToken).ConfigureAwait(false);
            revision = await LabelAsync(draft, revision, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            // It is there, whatever became of the rest: whoever goes on with it needs to have it, as it was seen last.
            revision = (failure as RevisionFailedException)?.Revision ?? revision;
            await output.FailAsync(failure, revision.ResourceId).ConfigureAwait(false);
        }

        await output.EmitAsync(revision).ConfigureAwait(false);
        return new MadeRevision(revision, isNew);
    }

    private async Task<(string Name, AppState State, bool IsNew)> CreateAsync(RevisionDraft draft, CancellationToken cancellationToken)
    {
        string? own = null;
        var search = new RevisionSearch(azure, draft);
        var updater = Updater(name => string.Equals(name, own, StringComparison.OrdinalIgnoreCase) || (draft.App.IsSingleMode && !draft.IsNew(name)), search.Accept);
        var update = await updater.ApplyAsync(draft.App.Id, PlanAsync, cancellationToken).ConfigureAwait(false);
        if (!update.HasWritten)
        {
            await output.WarnAsync($"Revision '{own}' was made by somebody else meanwhile, just as it was asked for.").ConfigureAwait(false);
        }

        await TellAsync(own!, UnexpectedChanges.Between(draft.State.Snapshot, update.Before.Snapshot, update.HasWritten ? s_none : new HashSet<string> { own! }))
            .ConfigureAwait(false);
        await TellAsync(own!, [.. update.SideEffects, .. search.Differences.Select(difference => $"Azure made of it otherwise than was asked, {difference.Message}")]).ConfigureAwait(false);
        if (draft.PinsTraffic && TrafficPin.IsOpen(update.After.App.Traffic))
        {
            await output.WarnAsync(
                $"The traffic of '{draft.App.Name}' was pinned, and follows the newest revision again: [{string.Join(", ", update.After.App.Traffic)}]. Somebody else has changed it.").ConfigureAwait(false);
        }

        return (own!, update.After, update.HasWritten);

        async Task<JsonObject?> PlanAsync(AppState state, CancellationToken token)
        {
            own = await search.FindAsync(state, token).ConfigureAwait(false);
            return own is null ? draft.PatchOf(state) : null;
        }
    }

    /// <summary>What was pinned with the patch that made a revision has still to be where the revision was there already.</summary>
    private async Task PinAsync(RevisionDraft draft, Revision revision, CancellationToken cancellationToken)
    {
        if (draft.Existing is not null && draft.PinsTraffic)
        {
            var update = await Updater(_ => false).ApplyAsync(draft.App.Id, draft.PinOf, cancellationToken).ConfigureAwait(false);
            await TellAsync(revision.Name, update.SideEffects).ConfigureAwait(false);
        }
    }

    private async Task<Revision> LabelAsync(RevisionDraft draft, Revision revision, CancellationToken cancellationToken)
    {
        if (draft.Label is null)
        {
            return revision;
        }

        try
        {
            var update = await Updater(name => string.Equals(name, revision.Name, StringComparison.OrdinalIgnoreCase))
                .ApplyAsync(draft.App.Id, state => draft.LabelOf(state, revision.Name), cancellationToken).ConfigureAwait(false);
            await TellAsync(revision.Name, update.SideEffects).ConfigureAwait(false);
            return update.After.Snapshot.Find(revision.Name) ?? revision;
        }
        catch (RevisionToolsException failure)
        {
            throw new RevisionToolsException(failure.Kind, $"Revision '{revision.Name}' is there, and its label was not put on: {failure.Message}", failure)
            {
                ResourceId = revision.ResourceId,
            };
        }
    }

    private async Task<Revision> WaitAsync(RevisionDraft draft, Revision revision, Action<Revision> onSeen, CancellationToken cancellationToken)
    {
        if (!options.Wait || revision.Active == false)
        {
            return revision;
        }

        try
        {
            return await new RevisionWaiter(azure, options.Random).WaitAsync(revision.Id, RevisionState.Active, options.Timeout, ShowAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RevisionToolsException) when (draft.PutsLabel)
        {
            var stays = draft.LabelHolder is { } holder ? $"stays on '{holder}'" : "was not put on";
            await output.WarnAsync($"Label '{draft.Label}' {stays}: revision '{revision.Name}' is not known to be ready.").ConfigureAwait(false);
            throw;
        }

        ValueTask ShowAsync(Revision seen, TimeSpan elapsed)
        {
            onSeen(seen);
            return output.ProgressAsync(new WorkProgress("Waiting for revisions", $"{seen.Name} is {seen.Stage} after {elapsed:mm\\:ss}", null));
        }
    }

    private AppUpdater Updater(Func<string, bool> isMeant, Action? onAccepted = null) => new(
        azure,
        new AppUpdateOptions
        {
            Activity = Activity,
            Patience = options.Timeout,
            IsMeant = isMeant,
            OnAccepted = onAccepted ?? (() => { }),
            Random = options.Random,
        },
        output);

    private async Task TellAsync(string name, IReadOnlyList<string> effects)
    {
        foreach (var effect in effects)
        {
            await output.WarnAsync($"While revision '{name}' was made: {effect}.").ConfigureAwait(false);
        }
    }
}
