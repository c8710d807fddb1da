using System.Globalization;
using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>A retention policy applied to the revisions of one app: which rules keep a revision, in words. Each rule goes over the revisions once.</summary>
internal sealed class KeepRules
{
    private readonly RetentionPolicy _policy;
    private readonly PruneWorld _world;
    private readonly DateTimeOffset _now;
    private readonly bool _isAsOf;
    private readonly LabelHoldings _labels;
    private readonly Calendar _calendar;

    /// <summary>Those that fill a place: up, and not failed. Newest first.</summary>
    private readonly IReadOnlyList<Revision> _counted;
    private readonly Dictionary<string, KeepFindings> _findings = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="policy">The rules.</param>
    /// <param name="world">The app as it was read.</param>
    /// <param name="now">The moment from which ages are measured.</param>
    /// <param name="isAsOf">Whether the moment was asked for: what was made after it is kept, and fills no place.</param>
    public KeepRules(RetentionPolicy policy, PruneWorld world, DateTimeOffset now, bool isAsOf = false)
    {
        _policy = policy;
        _world = world;
        _now = now;
        _isAsOf = isAsOf;
        _labels = new LabelHoldings(world);
        _calendar = new Calendar(policy.TimeZone);
        _counted = [.. world.Snapshot.Revisions.Reverse().Where(revision => revision.IsStanding && revision.Stage != RevisionStage.Failed && !IsLater(revision))];
        foreach (var revision in world.Snapshot.Revisions)
        {
            _findings[revision.Name] = new KeepFindings();
        }

        AskTags();
        if (policy.IsKeptByCeiling)
        {
            AskPlace(_counted, nameof(RetentionPolicy.MaxActive), policy.MaxActive, "of the newest active", $"of {_counted.Count} active");
        }

        foreach (var group in RevisionGroup.Of(_counted, policy.GroupBy, _labels))
        {
            AskPlaces(group);
        }

        AskTimes();
        AskNames();
        MakeRoom();
    }

    /// <summary>
    /// Why a revision is to be kept after all, asked right before the call. What the same run takes down, whether it is down by now or not,
    /// counts as it did in the plan: else every revision that goes would make an older one the oldest, or one of its week. What somebody else took
    /// down counts no more. Ages too are those of the plan. Rules that count are asked on what is really left as well, since nothing that a
    /// run takes down makes room among the newest.
    /// </summary>
    /// <param name="plan">The plan that is carried out.</param>
    /// <param name="leaving">Names of the revisions that its run takes down.</param>
    /// <param name="fresh">The app as it was just read.</param>
    /// <param name="revision">The revision, of that app.</param>
    public static IReadOnlyList<string> ReasonsAtCall(PrunePlan plan, IReadOnlySet<string> leaving, PruneWorld fresh, Revision revision)
    {
        var reasons = AsPlanned(plan, leaving, fresh).ReasonsToKeep(revision);
        return reasons.Count > 0 ? reasons : new KeepRules(plan.Policy, fresh, plan.CreatedTime).ReasonsToKeep(revision, KeepGround.Place);
    }

    /// <summary>The plan's rules on the app as it is now, with what the plan's own run has taken down as it stood then.</summary>
    /// <param name="plan">The plan that is carried out.</param>
    /// <param name="leaving">Names of the revisions that its run takes down.</param>
    /// <param name="fresh">The app as it was just read.</param>
    public static KeepRules AsPlanned(PrunePlan plan, IReadOnlySet<string> leaving, PruneWorld fresh)
    {
        var still = fresh.Snapshot.Revisions.Where(revision => revision.IsStanding || !leaving.Contains(revision.Name)).ToList();
        var known = still.Select(revision => revision.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = plan.Entries.Where(entry => leaving.Contains(entry.Name) && !known.Contains(entry.Name)).Select(entry => entry.Revision);
        return new KeepRules(plan.Policy, fresh with { Snapshot = new AppSnapshot(fresh.Snapshot.App, still.Concat(gone)) }, plan.CreatedTime);
    }

    /// <summary>Whether any rule keeps a revision that is up.</summary>
    public bool KeepAny => _world.Snapshot.Revisions.Any(revision => revision.IsStanding && ReasonsToKeep(revision).Count > 0);

    /// <summary>One sentence for each rule that keeps the revision; empty when none does, or where what keeps it gives way.</summary>
    public IReadOnlyList<string> ReasonsToKeep(Revision revision) => ReasonsToKeep(revision, KeepGround.StandIn);

    private IReadOnlyList<string> ReasonsToKeep(Revision revision, KeepGround weakest)
    {
        var findings = _findings[revision.Name];
        return findings.Reasons.Count == 0 || findings.Ground < weakest || findings.GivesWay || IsOutdone(revision, findings) ? [] : [.. findings.Texts];
    }

    /// <summary>Why no rule keeps it, with the facts that each rule looked at; or which rules give way, and to what.</summary>
    public string WhyNotKept(Revision revision)
    {
        var findings = _findings[revision.Name];
        if (findings.Reasons.Count == 0)
        {
            return $"kept by no rule: {string.Join(", ", findings.Facts)}";
        }

        return findings.GivesWay
            ? $"gives way to MaxActive {_policy.MaxActive}, kept otherwise: {string.Join(", ", findings.Texts)}"
            : $"failed, and created {Age(revision.CreatedTime)} (Failed {SpanText.Format(_policy.Failed!.Value)}), kept otherwise: {string.Join(", ", findings.Texts)}";
    }

    private bool IsOutdone(Revision revision, KeepFindings findings) =>
        findings.Ground != KeepGround.Name && _policy.IsFailedLongEnough(revision, _now);

    private void AskTags()
    {
        var optOut = PruneTags.OptOut(_world.Snapshot.App);
        var pins = PruneTags.Pins(_world.Snapshot.App);
        foreach (var revision in _world.Snapshot.Revisions)
        {
            if (optOut is not null)
            {
                Keep(revision, KeepGround.Name, optOut);
            }

            if (PruneTags.PinOf(revision, pins) is { } pin)
            {
                Keep(revision, KeepGround.Name, $"name matches '{pin}' (tag {PruneTags.KeepTag})");
            }
        }
    }

    private void AskPlaces(RevisionGroup group)
    {
        AskPlace(
            group.NewestFirst, nameof(RetentionPolicy.KeepLast), _policy.KeepLast, $"of the newest active{group.Words}",
            $"of {group.NewestFirst.Count} active{group.Words}");
        AskCalendar(group, nameof(RetentionPolicy.KeepDaily), _policy.KeepDaily, CalendarUnit.Day);
        AskCalendar(group, nameof(RetentionPolicy.KeepWeekly), _policy.KeepWeekly, CalendarUnit.Week);
        AskCalendar(group, nameof(RetentionPolicy.KeepMonthly), _policy.KeepMonthly, CalendarUnit.Month);
        AskLabels(group);
        AskImages(group);
        AskReadiness(group);
    }

    private void AskPlace(IEnumerable<Revision> inOrder, string rule, int? count, string amongKept, string amongAll)
    {
        if (count is null)
        {
            return;
        }

        var place = 0;
        foreach (var revision in inOrder)
        {
            if (++place <= count)
            {
                Keep(revision, KeepGround.Place, $"no. {place} {amongKept} ({rule} {count})");
            }
            else
            {
                Note(revision, $"no. {place} {amongAll}");
            }
        }
    }

    private void AskCalendar(RevisionGroup group, string rule, int? count, CalendarUnit unit)
    {
        if (count is null)
        {
            return;
        }

        HashSet<DateOnly> seen = [];
        foreach (var revision in group.NewestFirst)
        {
            // What Azure does not date may be of any day.
            if (revision.CreatedTime is not { } created)
            {
                Keep(revision, KeepGround.Time, $"created at an unknown time ({rule} {count})");
                continue;
            }

            var begin = _calendar.Begin(created, unit);
            var name = Calendar.Name(begin, unit);
            var isFirst = seen.Add(begin);
            if (isFirst && seen.Count <= count)
            {
                Keep(revision, KeepGround.Time, $"the newest of {name}{group.Words} ({rule} {count})");
            }
            else if (!isFirst && seen.Count < count && ReferenceEquals(revision, group.NewestFirst[^1]))
            {
                Keep(revision, KeepGround.StandIn, $"the oldest active{group.Words}, while there are fewer ({rule} {count})");
            }
            else
            {
                Note(revision, isFirst ? $"{name} is no. {seen.Count} with any" : $"not the newest of {name}");
            }
        }
    }

    private void AskLabels(RevisionGroup group)
    {
        if (_policy.KeepLastPerLabel is not { } count)
        {
            return;
        }

        var pairs = group.NewestFirst.SelectMany(revision => _labels.Of(revision).Select(holding => (Revision: revision, Holding: holding)));
        foreach (var label in pairs.GroupBy(pair => pair.Holding.Label, StringComparer.OrdinalIgnoreCase))
        {
            // An entry that follows the latest revision gives its label to the newest and to the newest that is ready: both have it.
            var place = label.Any(pair => pair.Holding.IsHeld) ? 1 : 0;
            foreach (var (revision, holding) in label.OrderByDescending(pair => pair.Holding.IsHeld).ThenByDescending(pair => pair.Holding.Until))
            {
                place += holding.IsHeld ? 0 : 1;
                if (place > count)
                {
                    Note(revision, $"no. {place} of label {label.Key}");
                }
                else
                {
                    Keep(revision, KeepGround.Place, holding.IsHeld
                        ? $"has label {label.Key} (KeepLastPerLabel {count})"
                        : $"no. {place} of label {label.Key} (KeepLastPerLabel {count})");
                }
            }
        }

        foreach (var revision in group.NewestFirst.Where(revision => !_labels.Of(revision).Any()))
        {
            Note(revision, "never had a label");
        }
    }

    private void AskImages(RevisionGroup group)
    {
        var pairs = group.NewestFirst.SelectMany(revision => RevisionGroup.RepositoriesOf(revision).Select(repository => (Repository: repository, Revision: revision)));
        foreach (var image in _policy.KeepLastPerImage is null ? [] : pairs.GroupBy(pair => pair.Repository, pair => pair.Revision, StringComparer.OrdinalIgnoreCase))
        {
            AskPlace(image, nameof(RetentionPolicy.KeepLastPerImage), _policy.KeepLastPerImage, $"of image {image.Key}", $"of image {image.Key}");
        }
    }

    private void AskReadiness(RevisionGroup group)
    {
        AskPlace(
            group.NewestFirst.Where(revision => ReadinessOf(revision) == ReadinessResult.Ready),
            nameof(RetentionPolicy.KeepReady), _policy.KeepReady, $"that could start again{group.Words}", $"that could start again{group.Words}");
        foreach (var revision in _policy.KeepReady is null ? [] : group.NewestFirst.Where(revision => ReadinessOf(revision) != ReadinessResult.Ready))
        {
            Note(revision, ReadinessOf(revision) == ReadinessResult.NotReady ? "could not start again" : "not known whether it could start again");
        }
    }

    private ReadinessResult ReadinessOf(Revision revision) => _world.Readiness.GetValueOrDefault(revision.Name, ReadinessResult.Unknown);

    private void AskTimes()
    {
        DateTimeOffset? replaced = null;
        foreach (var revision in _world.Snapshot.Revisions.Reverse())
        {
            if (revision.CreatedTime - _now is { } ahead && ahead > TimeSpan.Zero)
            {
                Keep(revision, KeepGround.Place, _isAsOf
                    ? $"made after {_now.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}"
                    : $"created {SpanText.Format(TimeSpan.FromSeconds(Math.Ceiling(ahead.TotalSeconds)))} in the future: the clocks differ");
            }

            if (!IsLater(revision))
            {
                AskAge(revision, nameof(RetentionPolicy.KeepSinceCreated), _policy.KeepSinceCreated, "created", revision.CreatedTime, isAlwaysNoted: true);
                AskAge(revision, nameof(RetentionPolicy.KeepSinceActive), _policy.KeepSinceActive, "in use", LastInUse(revision, replaced), isAlwaysNoted: false);
            }

            // One that failed has replaced nothing.
            replaced = StageRules.HasFailed(revision) ? replaced : revision.CreatedTime;
        }
    }

    private void AskAge(Revision revision, string rule, TimeSpan? span, string what, DateTimeOffset? moment, bool isAlwaysNoted)
    {
        // What Azure does not date is kept: its age is not known to be over the limit.
        if (span is not null && (moment is null || _now - moment <= span))
        {
            Keep(revision, KeepGround.Time, $"{what} {Age(moment)} ({rule} {SpanText.Format(span.Value)})");
        }
        else if (span is not null || isAlwaysNoted)
        {
            Note(revision, $"{what} {Age(moment)}");
        }
    }

    private DateTimeOffset? LastInUse(Revision revision, DateTimeOffset? replaced)
    {
        if (revision.Stage == RevisionStage.Active || revision.IsLatest)
        {
            return _now;
        }

        // What replaced it after the moment that was asked for had not replaced it then.
        var last = revision.LastActiveTime > replaced || replaced is null ? revision.LastActiveTime ?? replaced : replaced;
        return _isAsOf && last > _now ? _now : last;
    }

    private bool IsLater(Revision revision) => _isAsOf && revision.CreatedTime > _now;

    private void AskNames()
    {
        foreach (var revision in _policy.KeepName.Count == 0 ? [] : _world.Snapshot.Revisions)
        {
            if (_policy.MatchingName(revision) is { } pattern)
            {
                Keep(revision, KeepGround.Name, $"name matches '{pattern}' (KeepName)");
            }
            else
            {
                Note(revision, "name matches no pattern");
            }
        }
    }

    /// <summary>
    /// Where the rules keep more than the ceiling allows, those that only time keeps give way: first all that merely stand in, then the oldest.
    /// One that stands in must not stay in the place of one that is kept on its own account, or a second plan would not agree with the first.
    /// </summary>
    private void MakeRoom()
    {
        var kept = _counted.Select(revision => _findings[revision.Name]).Where(findings => findings.Reasons.Count > 0).ToList();
        var surplus = kept.Count - _policy.MaxActive;
        if (surplus > 0)
        {
            foreach (var findings in kept.Where(findings => findings.Ground == KeepGround.StandIn))
            {
                findings.GivesWay = true;
                surplus--;
            }

            foreach (var findings in Enumerable.Reverse(kept).Where(findings => findings.Ground == KeepGround.Time && surplus-- > 0))
            {
                findings.GivesWay = true;
            }
        }
    }

    private void Keep(Revision revision, KeepGround ground, string text) => _findings[revision.Name].Keep(ground, text);

    private void Note(Revision revision, string fact) => _findings[revision.Name].Facts.Add(fact);

    private string Age(DateTimeOffset? moment)
    {
        if (moment is not { } then)
        {
            return "at an unknown time";
        }

        var age = _now - then;
        return age switch
        {
            { Ticks: < 0 } => "in the future",
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => $"{age.Minutes} min ago",
            { TotalDays: < 1 } => $"{(int)age.TotalHours} h ago",
            _ => $"{(int)age.TotalDays} d ago",
        };
    }
}
