using RevisionTools.Changes;

namespace RevisionTools.Templates;

/// <summary>Finds the revision that was asked for, once it is there, and takes no other for it.</summary>
internal sealed class RevisionSearch(IContainerApps azure, RevisionDraft draft)
{
    private HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAccepted;

    /// <summary>How the revision that was found differs from what was asked for.</summary>
    public IReadOnlyList<RevisionDifference> Differences { get; private set; } = [];

    /// <summary>Azure has taken the change: what is new since the last look, before it was sent, can be nothing else.</summary>
    public void Accept() => _isAccepted = true;

    /// <summary>The name of the revision; null while it is not there.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RevisionSuffixInUse"/> when another revision has its name.</exception>
    public async Task<string?> FindAsync(AppState state, CancellationToken cancellationToken)
    {
        (string Name, IReadOnlyList<RevisionDifference> Differences)? other = null;
        foreach (var candidate in state.Snapshot.Revisions.Reverse().Where(IsCandidate))
        {
            var document = await azure.GetRevisionDocumentAsync(candidate.Id, cancellationToken).ConfigureAwait(false);
            var differences = TemplateComparer.Compare(draft.Template, document.Template);
            if (differences.Count == 0)
            {
                return candidate.Name;
            }

            if (draft.FullName is not null && !IsOwn(candidate))
            {
                throw draft.SuffixInUse(candidate.Name, document.Template);
            }

            other ??= IsOwn(candidate) ? (candidate.Name, differences) : null;
        }

        if (!_isAccepted)
        {
            _seen = state.Snapshot.Revisions.Select(revision => revision.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }

        // Azure may write what it was sent in ways that nobody has seen yet.
        Differences = other?.Differences ?? [];
        return other?.Name;
    }

    private bool IsCandidate(Revision revision) => draft.FullName is { } name
        ? string.Equals(revision.Name, name, StringComparison.OrdinalIgnoreCase)
        : draft.IsNew(revision.Name);

    private bool IsOwn(Revision revision) => _isAccepted && !_seen.Contains(revision.Name);
}
