namespace RevisionTools.Lifecycle;

/// <summary>The changes of revisions of one app that a person asks for together: each is considered in the light of those approved before it.</summary>
internal sealed class NamedChangeSet(AppSnapshot snapshot, RevisionState target)
{
    // That nothing is left standing, or that the mode is Single, is accepted for the app: the order in which its revisions go does not matter.
    private static readonly Interlock[] s_ofTheApp = [Interlock.LastActive, Interlock.SingleMode];

    private readonly HashSet<Interlock> _acceptedForApp = [];
    private HashSet<string> _leaving = new(StringComparer.OrdinalIgnoreCase);

    public NamedStateChange Consider(Revision revision, bool force) => NamedStateChange.Of(revision, snapshot, target, force, _leaving);

    /// <summary>Takes a change in, with all that holds now as accepted. What comes up later still stops it.</summary>
    public ApprovedStateChange Approve(Revision revision, NamedStateChange change)
    {
        var leavingBefore = _leaving;
        _leaving = new HashSet<string>(_leaving, StringComparer.OrdinalIgnoreCase) { revision.Name };
        _acceptedForApp.UnionWith(change.Holding.Intersect(s_ofTheApp));
        return new ApprovedStateChange(revision, (fresh, world, _) => ValueTask.FromResult(ProtectedRevision.RefusalOrNull(
            fresh, NamedStateChange.Of(fresh, world, target, force: false, leavingBefore).Binding([.. change.Holding, .. _acceptedForApp]))));
    }
}
