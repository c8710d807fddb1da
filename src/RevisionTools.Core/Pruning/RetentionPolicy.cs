using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools;

/// <summary>Which revisions to keep active. A revision that any rule keeps is kept; the others are pruned unless an interlock forbids it.</summary>
/// <remarks>
/// Rules that count go by the newest revisions that are up; those that have failed or are going down are nothing to go
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

    /// <summary>Whether the ceiling is all there is, so that it keeps as many as it allows.</summary>
    internal bool IsKeptByCeiling => MaxActive is not null && !KeepsByItself && !MayFindNothing;

    /// <summary>Whether everything hangs on names, labels or readiness, of which an app may have none that fit.</summary>
    internal bool MayFindNothing => !KeepsByItself && (KeepName.Count > 0 || KeepLastPerLabel > 0 || KeepReady > 0);

    /// <summary>Why a file of which this was to be made cannot be used: a parameter is given its value before a command can report an error.</summary>
    internal RevisionToolsException? ReadFailure { get; init; }

    private bool KeepsByItself => KeepLast > 0 || KeepDaily > 0 || KeepWeekly > 0 || KeepMonthly > 0 || KeepLastPerImage > 0
        || KeepSinceCreated > TimeSpan.Zero || KeepSinceActive > TimeSpan.Zero;

    private bool HasKeepRule => KeepLast is not null || KeepDaily is not null || KeepWeekly is not null || KeepMonthly is not null
        || KeepLastPerLabel is not null || KeepLastPerImage is not null || KeepReady is not null
        || KeepSinceCreated is not null || KeepSinceActive is not null || KeepName.Count > 0;

    /// <summary>Refuses a policy that is empty, contradicts itself or could keep nothing.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionRule"/>, or what was wrong with the file that it comes from.</exception>
    internal void Validate()
    {
        if (ReadFailure is not null)
        {
            throw ReadFailure;
        }

        if (Fault() is { } fault)
        {
            throw new RevisionToolsException(FailureKind.InvalidRetentionRule, fault.Message);
        }
    }

    /// <summary>The first thing that is wrong with it, and the rule that it is wrong in, where it is one; null for nothing.</summary>
    internal (string? Rule, string Message)? Fault() =>
        NegativeCount(KeepLast, nameof(KeepLast))
        ?? NegativeCount(KeepDaily, nameof(KeepDaily))
        ?? NegativeCount(KeepWeekly, nameof(KeepWeekly))
        ?? NegativeCount(KeepMonthly, nameof(KeepMonthly))
        ?? NegativeCount(KeepLastPerLabel, nameof(KeepLastPerLabel))
        ?? NegativeCount(KeepLastPerImage, nameof(KeepLastPerImage))
        ?? NegativeCount(KeepReady, nameof(KeepReady))
        ?? OddSpan(KeepSinceCreated, nameof(KeepSinceCreated))
        ?? OddSpan(KeepSinceActive, nameof(KeepSinceActive))
        ?? OddSpan(Failed, nameof(Failed))
        ?? FaultIf(KeepName.Any(string.IsNullOrWhiteSpace), nameof(KeepName), "KeepName must not contain an empty pattern.")
        ?? FaultIf(
            KeepName.Any(pattern => SafeText.Clean(pattern) != pattern), nameof(KeepName),
            "KeepName must not contain control characters, nor what a pipeline's log takes for a command; no revision has such a name.")
        ?? FaultIf(
            TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), nameof(TimeZone),
            $"This machine knows no time zone '{TimeZone}'; give one as 'Europe/Berlin' or 'UTC'.")
        ?? FaultIf(!Enum.IsDefined(GroupBy), nameof(GroupBy), $"GroupBy must be App, Image or Label, not {GroupBy}.")
        ?? FaultIf(MaxActive < 1, nameof(MaxActive), $"MaxActive must be 1 or more, not {MaxActive}: an app without an active revision is down.")
        ?? FaultIf(MaxInactive is < 1 or > 100, nameof(MaxInactive), $"MaxInactive must be from 1 to 100, not {MaxInactive}.")
        ?? BeyondCeiling(KeepLast, nameof(KeepLast))
        ?? BeyondCeiling(KeepReady, nameof(KeepReady))
        ?? BeyondCeiling(KeepLastPerLabel, nameof(KeepLastPerLabel))
        ?? BeyondCeiling(KeepLastPerImage, nameof(KeepLastPerImage))
        ?? FaultIf(!HasKeepRule && MaxActive is null, null, "The retention policy has no keep rule. Give at least one, for example -KeepLast 5.")
        ?? FaultIf(
            !KeepsByItself && !MayFindNothing && MaxActive is null, null,
            "The retention policy would keep nothing. Raise -KeepLast above 0 or add another keep rule.");

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
        Add(nameof(KeepSinceCreated), Words(KeepSinceCreated));
        Add(nameof(KeepSinceActive), Words(KeepSinceActive));
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
        Add(nameof(Failed), Words(Failed));
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

    private (string? Rule, string Message)? BeyondCeiling(int? count, string rule) =>
        FaultIf(count > MaxActive, rule, $"{rule} {count} and MaxActive {MaxActive} contradict each other.");

    private static (string? Rule, string Message)? NegativeCount(int? count, string rule) =>
        FaultIf(count < 0, rule, $"{rule} must be 0 or more, not {count}.");

    // PowerShell makes 7 ticks of a 7.
    private static (string? Rule, string Message)? OddSpan(TimeSpan? span, string rule) =>
        FaultIf(span < TimeSpan.Zero, rule, $"{rule} must not be negative: {Words(span)}.")
        ?? FaultIf(span > TimeSpan.Zero && span < TimeSpan.FromSeconds(1), rule, $"{rule} is under a second ({Words(span)}); that is hardly meant.");

    private static (string? Rule, string Message)? FaultIf(bool wrong, string? rule, string message) => wrong ? (rule, message) : null;

    private static string? Words(TimeSpan? span) => span is { } value ? SpanText.Format(value) : null;
}
