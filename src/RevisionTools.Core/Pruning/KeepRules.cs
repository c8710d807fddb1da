using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>A retention policy applied to the revisions of one app: which rules keep a revision, in words.</summary>
internal sealed class KeepRules
{
    private readonly RetentionPolicy _policy;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, int> _place = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset?> _replaced = new(StringComparer.OrdinalIgnoreCase);

    public KeepRules(RetentionPolicy policy, PruneWorld world, DateTimeOffset now)
    {
        _policy = policy;
        _now = now;
        DateTimeOffset? newerCreated = null;
        foreach (var revision in world.Snapshot.Revisions.Reverse())
        {
            if (revision.IsStanding && revision.Stage != RevisionStage.Failed)
            {
                _place[revision.Name] = _place.Count + 1;
            }

            // One that failed has replaced nothing.
            _replaced[revision.Name] = newerCreated;
            newerCreated = StageRules.HasFailed(revision) ? newerCreated : revision.CreatedTime;
        }
    }

    /// <summary>One sentence for each rule that keeps the revision; empty when none does.</summary>
    public IReadOnlyList<string> ReasonsToKeep(Revision revision)
    {
        List<string> reasons = [];
        if (_policy.KeepLast is { } last && _place.TryGetValue(revision.Name, out var place) && place <= last)
        {
            reasons.Add($"no. {place} of the newest active (KeepLast {last})");
        }

        if (_policy.KeepSinceCreated is { } sinceCreated && Within(revision.CreatedTime, sinceCreated))
        {
            reasons.Add($"created {Age(revision.CreatedTime)} (KeepSinceCreated {sinceCreated})");
        }

        if (_policy.KeepSinceActive is { } sinceActive && Within(LastInUse(revision), sinceActive))
        {
            reasons.Add($"in use {Age(LastInUse(revision))} (KeepSinceActive {sinceActive})");
        }

        if (_policy.MatchingName(revision) is { } pattern)
        {
            reasons.Add($"name matches '{pattern}' (KeepName)");
        }

        return reasons;
    }

    /// <summary>Why no rule keeps it, with the facts that each rule looked at.</summary>
    public string WhyNotKept(Revision revision)
    {
        List<string> facts = [];
        if (_policy.KeepLast is not null && _place.TryGetValue(revision.Name, out var place))
        {
            facts.Add($"no. {place} of {_place.Count} active");
        }

        facts.Add($"created {Age(revision.CreatedTime)}");
        if (_policy.KeepSinceActive is not null)
        {
            facts.Add($"in use {Age(LastInUse(revision))}");
        }

        return $"kept by no rule: {string.Join(", ", facts)}";
    }

    private DateTimeOffset? LastInUse(Revision revision)
    {
        if (revision.Stage == RevisionStage.Active || revision.IsLatest)
        {
            return _now;
        }

        var replaced = _replaced.GetValueOrDefault(revision.Name);
        return revision.LastActiveTime > replaced || replaced is null ? revision.LastActiveTime ?? replaced : replaced;
    }

    // What Azure does not date is kept: its age is not known to be over the limit.
    private bool Within(DateTimeOffset? moment, TimeSpan span) => moment is null || _now - moment <= span;

    private string Age(DateTimeOffset? moment)
    {
        if (moment is not { } then)
        {
            return "at an unknown time";
        }

        var age = _now - then;
        return age switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => $"{age.Minutes} min ago",
            { TotalDays: < 1 } => $"{(int)age.TotalHours} h ago",
            _ => $"{(int)age.TotalDays} d ago",
        };
    }
}
