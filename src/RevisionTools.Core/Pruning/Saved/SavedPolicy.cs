using System.Text.Json;

namespace RevisionTools.Pruning.Saved;

/// <summary>The rules of a saved plan.</summary>
internal sealed record SavedPolicy
{
    public int? KeepLast { get; init; }

    public TimeSpan? KeepSinceCreated { get; init; }

    public TimeSpan? KeepSinceActive { get; init; }

    public int? KeepDaily { get; init; }

    public int? KeepWeekly { get; init; }

    public int? KeepMonthly { get; init; }

    public string? TimeZone { get; init; }

    public int? KeepLastPerLabel { get; init; }

    public int? KeepLastPerImage { get; init; }

    public IReadOnlyList<string>? KeepName { get; init; }

    public int? KeepReady { get; init; }

    public int? MaxActive { get; init; }

    public int? MaxInactive { get; init; }

    public TimeSpan? Failed { get; init; }

    public RetentionGrouping? GroupBy { get; init; }

    public static SavedPolicy Of(RetentionPolicy policy) => new()
    {
        KeepLast = policy.KeepLast,
        KeepSinceCreated = policy.KeepSinceCreated,
        KeepSinceActive = policy.KeepSinceActive,
        KeepDaily = policy.KeepDaily,
        KeepWeekly = policy.KeepWeekly,
        KeepMonthly = policy.KeepMonthly,
        TimeZone = policy.TimeZone,
        KeepLastPerLabel = policy.KeepLastPerLabel,
        KeepLastPerImage = policy.KeepLastPerImage,
        KeepName = policy.KeepName.Count == 0 ? null : policy.KeepName,
        KeepReady = policy.KeepReady,
        MaxActive = policy.MaxActive,
        MaxInactive = policy.MaxInactive,
        Failed = policy.Failed,
        GroupBy = policy.GroupBy == RetentionGrouping.App ? null : policy.GroupBy,
    };

    /// <summary>The rules as one text, each rule as it would be saved.</summary>
    public static string Text(RetentionPolicy policy) => JsonSerializer.Serialize(Of(policy), PlanJsonContext.Default.SavedPolicy);

    public RetentionPolicy ToPolicy() => new()
    {
        KeepLast = KeepLast,
        KeepSinceCreated = KeepSinceCreated,
        KeepSinceActive = KeepSinceActive,
        KeepDaily = KeepDaily,
        KeepWeekly = KeepWeekly,
        KeepMonthly = KeepMonthly,
        TimeZone = TimeZone,
        KeepLastPerLabel = KeepLastPerLabel,
        KeepLastPerImage = KeepLastPerImage,
        KeepName = KeepName ?? [],
        KeepReady = KeepReady,
        MaxActive = MaxActive,
        MaxInactive = MaxInactive,
        Failed = Failed,
        GroupBy = GroupBy ?? RetentionGrouping.App,
    };
}
