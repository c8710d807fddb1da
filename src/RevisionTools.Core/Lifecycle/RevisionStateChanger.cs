namespace RevisionTools.Lifecycle;

/// <summary>Activates or deactivates one revision the careful way: read afresh, ask the interlocks again, call, read back.</summary>
internal sealed class RevisionStateChanger(IContainerApps azure)
{
    private readonly SnapshotReader _reader = new(azure);

    /// <param name="id">The revision.</param>
    /// <param name="target">The wanted state.</param>
    /// <param name="objections">Which interlocks forbid it, asked on data that was read right before the call.</param>
    /// <param name="cancellationToken">Stops reading and calling; an accepted call is not taken back.</param>
    public async Task<StateChange> ChangeAsync(
        RevisionId id, RevisionState target, Func<Revision, AppSnapshot, IReadOnlyList<Interlock>> objections, CancellationToken cancellationToken)
    {
        AppSnapshot snapshot;
        try
        {
            snapshot = await _reader.ReadAsync(id.App, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            return StateChange.Failed(failure);
        }

        if (snapshot.Find(id.Name) is not { } revision)
        {
            return StateChange.Failed(NotFound(id));
        }

        if (IsThere(revision, target))
        {
            return new StateChange(StateChangeOutcome.AlreadyThere, revision, [], null);
        }

        var forbidden = objections(revision, snapshot);
        return forbidden.Count > 0
            ? new StateChange(StateChangeOutcome.Protected, revision, forbidden, null)
            : await CallAsync(id, target, revision, snapshot.App, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether nothing is left to ask for: a revision that is going down counts as inactive already.</summary>
    public static bool IsThere(Revision revision, RevisionState target) =>
        target == RevisionState.Active ? revision.IsStanding : !revision.IsStanding && revision.Active is not null;

    public static RevisionToolsException NotFound(RevisionId id) =>
        new(FailureKind.RevisionNotFound, $"App '{id.App.Name}' in resource group '{id.App.ResourceGroupName}' has no revision '{id.Name}'.")
        {
            ResourceId = id.Path,
        };

    private async Task<StateChange> CallAsync(
        RevisionId id, RevisionState target, Revision before, ContainerApp app, CancellationToken cancellationToken)
    {
        try
        {
            await (target == RevisionState.Active
                ? azure.ActivateRevisionAsync(id, cancellationToken)
                : azure.DeactivateRevisionAsync(id, cancellationToken)).ConfigureAwait(false);
        }
        catch (ServiceRequestException failure) when (failure.OutcomeUnknown)
        {
            // The call may have taken effect before the answer was lost: what Azure shows now decides, where it can be read.
            var seen = await ReadBackAsync(id, app, cancellationToken).ConfigureAwait(false);
            return seen is not null && IsThere(seen, target)
                ? new StateChange(StateChangeOutcome.Done, seen, [], null)
                : new StateChange(StateChangeOutcome.Unknown, seen, [], failure);
        }
        catch (RevisionToolsException failure)
        {
            return StateChange.Failed(failure, before);
        }

        var after = await ReadBackAsync(id, app, cancellationToken).ConfigureAwait(false);
        return new StateChange(StateChangeOutcome.Done, after, [], null);
    }

    private async Task<Revision?> ReadBackAsync(RevisionId id, ContainerApp app, CancellationToken cancellationToken)
    {
        try
        {
            return RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException)
        {
            // The change itself is done or unknown; that it cannot be looked at adds no second failure.
            return null;
        }
    }
}
