using RevisionTools.Lifecycle;

namespace RevisionTools;

/// <summary>Which revisions to keep active. A revision that any rule keeps is kept; the others are pruned unless an interlock forbids it.</summary>
/// <remarks>
/// DESIGN section 6. Rules that count go by the newest revisions that are up; those that have failed or are going down are nothing to go
/// back to, and do not count. The ceilings <see cref="MaxActive"/> and <see cref="MaxInactive"/> and the time for <see cref="Failed"/>
/// ones are no keep rules.
/// </remarks>
public sealed record RetentionPolicy
{
    private readonly string[] _keepName = [];

    /// <summary>Keeps this many of the newest active revisions. 0 or more.</summary>
    public int? KeepLast { get; init; }

    /// <summary>Keeps revisions made within this time. Not negative.</summary>
    public TimeSpan? KeepSinceCreated { get; init; }

    /// <summary>
    /// Keeps revisions that were in use within this time. In use means: work reaches it now, else it was last deactivated then, else
    /// the next newer revision was made then, which is when it was replaced; Azure records nothing better. Not negative.
    /// </summary>
    public TimeSpan? KeepSinceActive { get; init; }

    /// <summary>Keeps the newest revision of each of this many days, of the last days on which any was made. The oldest stands in while there are fewer days. 0 or more.</summary>
    public int? KeepDaily { get; init; }

    /// <summary>The same for weeks, which begin on Monday.</summary>
    public int? KeepWeekly { get; init; }

    /// <summary>The same for months.</summary>
    public int? KeepMonthly { get; init; }

    /// <summary>The time zone of days, weeks and months, as IANA (<c>Europe/Berlin</c>) or Windows name it. UTC when left out.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Keeps for each label the revision that has it and the ones that had it last, this many in all. 0 or more.</summary>
    public int? KeepLastPerLabel { get; init; }

    /// <summary>Keeps this many of the newest active revisions of each image repository, whatever its tag. 0 or more.</summary>
    public int? KeepLastPerImage { get; init; }

    /// <summary>Keeps revisions whose full name, or the part after <c>app--</c>, matches one of these patterns (<c>*</c> and <c>?</c>, case does not count).</summary>
    public IReadOnlyList<string> KeepName
    {
        get => _keepName;
        init => _keepName = IndexableList.Of(value);
    }

    /// <summary>Keeps this many of the newest active revisions that could start again, as Test-AcaRevision tells it. 0 or more.</summary>
    public int? KeepReady { get; init; }

    /// <summary>
    /// A ceiling for active revisions, 1 or more. Where the rules would keep more, those that only rules of time keep give way, the oldest
    /// first. Where no keep rule is given, this many of the newest are kept.
    /// </summary>
    public int? MaxActive { get; init; }

    /// <summary>Lowers the app's limit of inactive revisions to this, 1 to 100, so that the platform purges the oldest beyond it, late. A lower limit stays.</summary>
    public int? MaxInactive { get; init; }

    /// <summary>
    /// Prunes revisions that have failed and are older than this, whatever rule but <see cref="KeepName"/> would keep them, the newest
    /// revision among them. Not negative.
    /// </summary>
    public TimeSpan? Failed { get; init; }

    /// <summary>What the rules that count are applied to: the app as a whole, or each group by itself.</summary>
    public RetentionGrouping GroupBy { get; init; }

    /// <summary>Whether a rule needs to know where labels have been.</summary>
    internal bool AsksForLabelHistory => KeepLastPerLabel > 0 || GroupBy == RetentionGrouping.Label;

    /// <summary>Whether names alone are to keep something, so that a name that is mistyped keeps nothing.</summary>
    internal bool RestsOnNames => MaxActive is null && Counts.All(count => count.GetValueOrDefault() == 0)
        && KeepSinceCreated.GetValueOrDefault() == TimeSpan.Zero && KeepSinceActive.GetValueOrDefault() == TimeSpan.Zero;

    private IEnumerable<int?> Counts => [KeepLast, KeepDaily, KeepWeekly, KeepMonthly, KeepLastPerLabel, KeepLastPerImage, KeepReady];

    private bool HasKeepRule => Counts.Any(count => count is not null) || KeepSinceCreated is not null || KeepSinceActive is not null || KeepName.Count > 0;

    /// <summary>Refuses a policy that is empty, contradicts itself or could keep nothing.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionRule"/></exception>
    internal void Validate()
    {
        RefuseNegative(KeepLast, nameof(KeepLast));
        RefuseNegative(KeepDaily, nameof(KeepDaily));
        RefuseNegative(KeepWeekly, nameof(KeepWeekly));
        RefuseNegative(KeepMonthly, nameof(KeepMonthly));
        RefuseNegative(KeepLastPerLabel, nameof(KeepLastPerLabel));
        RefuseNegative(KeepLastPerImage, nameof(KeepLastPerImage));
        RefuseNegative(KeepReady, nameof(KeepReady));
        RefuseOddSpan(KeepSinceCreated, nameof(KeepSinceCreated));
        RefuseOddSpan(KeepSinceActive, nameof(KeepSinceActive));
        RefuseOddSpan(Failed, nameof(Failed));
        Refuse(KeepName.Any(string.IsNullOrWhiteSpace), "KeepName must not contain an empty pattern.");
        Refuse(TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), $"This machine knows no time zone '{TimeZone}'; give one as 'Europe/Berlin' or 'UTC'.");
        Refuse(MaxActive < 1, $"MaxActive must be 1 or more, not {MaxActive}: an app without an active revision is down.");
        Refuse(MaxInactive is < 1 or > 100, $"MaxInactive must be from 1 to 100, not {MaxInactive}.");
        Refuse(KeepLast > MaxActive, $"KeepLast {KeepLast} and MaxActive {MaxActive} contradict each other.");
        Refuse(KeepReady > MaxActive, $"KeepReady {KeepReady} and MaxActive {MaxActive} contradict each other.");
        Refuse(!HasKeepRule && MaxActive is null, "The retention policy has no keep rule. Give at least one, for example -KeepLast 5.");
        Refuse(
            RestsOnNames && KeepName.Count == 0,
            "The retention policy would keep nothing. Raise -KeepLast above 0 or add another keep rule.");
    }

    /// <summary>The first pattern of <see cref="KeepName"/> that the revision matches.</summary>
    internal string? MatchingName(Revision revision) =>
        KeepName.FirstOrDefault(pattern => RevisionNames.Matches(pattern, revision.ContainerAppName, revision.Name));

    /// <summary>Whether the revision has failed, and <see cref="Failed"/> lets it go. One that Azure does not date is not known to be old enough.</summary>
    internal bool IsFailedLongEnough(Revision revision, DateTimeOffset now) =>
        Failed is { } span && revision.Stage == RevisionStage.Failed && now - revision.CreatedTime > span;

    /// <summary>The rules as one would type them.</summary>
    public override string ToString()
    {
        List<string> rules = [];
        Add(nameof(KeepLast), KeepLast);
        Add(nameof(KeepSinceCreated), KeepSinceCreated);
        Add(nameof(KeepSinceActive), KeepSinceActive);
        Add(nameof(KeepDaily), KeepDaily);
        Add(nameof(KeepWeekly), KeepWeekly);
        Add(nameof(KeepMonthly), KeepMonthly);
        Add(nameof(TimeZone), TimeZone);
        Add(nameof(KeepLastPerLabel), KeepLastPerLabel);
        Add(nameof(KeepLastPerImage), KeepLastPerImage);
        Add(nameof(KeepName), KeepName.Count == 0 ? null : string.Join(", ", KeepName));
        Add(nameof(KeepReady), KeepReady);
        Add(nameof(MaxActive), MaxActive);
        Add(nameof(MaxInactive), MaxInactive);
        Add(nameof(Failed), Failed);
        Add(nameof(GroupBy), GroupBy == RetentionGrouping.App ? null : GroupBy);
        return string.Join("; ", rules);

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                rules.Add(FormattableString.Invariant($"{name} {value}"));
            }
        }
    }

    private static void RefuseNegative(int? count, string name) => Refuse(count < 0, $"{name} must be 0 or more, not {count}.");

    private static void RefuseOddSpan(TimeSpan? span, string name)
    {
        Refuse(span < TimeSpan.Zero, $"{name} must not be negative: {span}.");

        // PowerShell makes 7 ticks of a 7.
        Refuse(span > TimeSpan.Zero && span < TimeSpan.FromSeconds(1), $"{name} is under a second ({span}); that is hardly meant.");
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new RevisionToolsException(FailureKind.InvalidRetentionRule, message);
        }
    }
}
