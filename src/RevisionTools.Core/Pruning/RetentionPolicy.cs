using RevisionTools.Lifecycle;

namespace RevisionTools;

/// <summary>Which revisions to keep active. A revision that any rule keeps is kept; the others are pruned unless an interlock forbids it.</summary>
/// <remarks>DESIGN section 6.</remarks>
public sealed record RetentionPolicy
{
    private readonly string[] _keepName = [];

    /// <summary>Keeps this many of the newest active revisions. Those that have failed or are going down are nothing to go back to and do not count. 0 or more.</summary>
    public int? KeepLast { get; init; }

    /// <summary>Keeps revisions made within this time. Not negative.</summary>
    public TimeSpan? KeepSinceCreated { get; init; }

    /// <summary>
    /// Keeps revisions that were in use within this time. In use means: work reaches it now, else it was last deactivated then, else
    /// the next newer revision was made then, which is when it was replaced; Azure records nothing better. Not negative.
    /// </summary>
    public TimeSpan? KeepSinceActive { get; init; }

    /// <summary>Keeps revisions whose full name, or the part after <c>app--</c>, matches one of these patterns (<c>*</c> and <c>?</c>, case does not count).</summary>
    public IReadOnlyList<string> KeepName
    {
        get => _keepName;
        init => _keepName = IndexableList.Of(value);
    }

    /// <summary>Refuses a policy that is empty, contradicts itself or could keep nothing.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionRule"/></exception>
    internal void Validate()
    {
        Refuse(KeepLast < 0, $"KeepLast must be 0 or more, not {KeepLast}.");
        Refuse(KeepSinceCreated < TimeSpan.Zero, $"KeepSinceCreated must not be negative: {KeepSinceCreated}.");
        Refuse(KeepSinceActive < TimeSpan.Zero, $"KeepSinceActive must not be negative: {KeepSinceActive}.");
        Refuse(IsSlip(KeepSinceCreated), $"KeepSinceCreated is under a second ({KeepSinceCreated}); that is hardly meant.");
        Refuse(IsSlip(KeepSinceActive), $"KeepSinceActive is under a second ({KeepSinceActive}); that is hardly meant.");
        Refuse(KeepName.Any(string.IsNullOrWhiteSpace), "KeepName must not contain an empty pattern.");
        Refuse(
            KeepLast is null && KeepSinceCreated is null && KeepSinceActive is null && KeepName.Count == 0,
            "The retention policy has no keep rule. Give at least one, for example -KeepLast 5.");
        Refuse(
            RestsOnNames && KeepName.Count == 0,
            "The retention policy would keep nothing. Raise -KeepLast above 0 or add another keep rule.");
    }

    /// <summary>The first pattern of <see cref="KeepName"/> that the revision matches.</summary>
    internal string? MatchingName(Revision revision) =>
        KeepName.FirstOrDefault(pattern => RevisionNames.Matches(pattern, revision.ContainerAppName, revision.Name));

    /// <summary>The rules as one would type them.</summary>
    public override string ToString()
    {
        List<string> rules = [];
        if (KeepLast is { } last)
        {
            rules.Add($"KeepLast {last}");
        }

        if (KeepSinceCreated is { } created)
        {
            rules.Add($"KeepSinceCreated {created}");
        }

        if (KeepSinceActive is { } active)
        {
            rules.Add($"KeepSinceActive {active}");
        }

        if (KeepName.Count > 0)
        {
            rules.Add($"KeepName {string.Join(", ", KeepName)}");
        }

        return string.Join("; ", rules);
    }

    /// <summary>Whether names alone are to keep something, so that a name that is mistyped keeps nothing.</summary>
    internal bool RestsOnNames => KeepLast.GetValueOrDefault() == 0 && KeepSinceCreated.GetValueOrDefault() == TimeSpan.Zero
        && KeepSinceActive.GetValueOrDefault() == TimeSpan.Zero;

    // PowerShell makes 7 ticks of a 7.
    private static bool IsSlip(TimeSpan? span) => span > TimeSpan.Zero && span < TimeSpan.FromSeconds(1);

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new RevisionToolsException(FailureKind.InvalidRetentionRule, message);
        }
    }
}
