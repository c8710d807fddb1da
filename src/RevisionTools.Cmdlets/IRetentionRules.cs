namespace RevisionTools.Cmdlets;

/// <summary>The parameters with which keep rules are typed. Two commands have them, and the names of both are those of <see cref="RetentionPolicy"/>.</summary>
internal interface IRetentionRules
{
    int? KeepLast { get; }

    TimeSpan? KeepSinceCreated { get; }

    TimeSpan? KeepSinceActive { get; }

    int? KeepDaily { get; }

    int? KeepWeekly { get; }

    int? KeepMonthly { get; }

    string? TimeZone { get; }

    int? KeepLastPerLabel { get; }

    int? KeepLastPerImage { get; }

    string[]? KeepName { get; }

    int? KeepReady { get; }

    int? MaxActive { get; }

    int? MaxInactive { get; }

    TimeSpan? Failed { get; }

    RetentionGrouping? GroupBy { get; }
}
