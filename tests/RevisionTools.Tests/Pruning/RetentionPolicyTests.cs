namespace RevisionTools.Tests.Pruning;

public sealed class RetentionPolicyTests
{
    public static TheoryData<RetentionPolicy> Refused => new()
    {
        new RetentionPolicy(),
        new RetentionPolicy { KeepLast = 0 },
        new RetentionPolicy { KeepLast = -1 },
        new RetentionPolicy { KeepLast = -1, KeepName = ["v1*"] },
        new RetentionPolicy { KeepSinceCreated = TimeSpan.FromHours(-1) },
        new RetentionPolicy { KeepLast = 3, KeepSinceActive = TimeSpan.FromTicks(-1) },
        new RetentionPolicy { KeepSinceCreated = TimeSpan.Zero, KeepSinceActive = TimeSpan.Zero, KeepLast = 0 },
        new RetentionPolicy { KeepLast = 3, KeepName = [" "] },
        new RetentionPolicy { KeepDaily = -1, KeepLast = 1 },
        new RetentionPolicy { KeepReady = 0, KeepLastPerLabel = 0, KeepLastPerImage = 0, KeepWeekly = 0, KeepMonthly = 0 },
        new RetentionPolicy { Failed = TimeSpan.FromDays(1) },
        new RetentionPolicy { KeepLast = 1, Failed = TimeSpan.FromTicks(7) },
        new RetentionPolicy { MaxInactive = 5 },
        new RetentionPolicy { KeepLast = 1, MaxInactive = 0 },
        new RetentionPolicy { KeepLast = 1, MaxInactive = 101 },
        new RetentionPolicy { MaxActive = 0 },
        new RetentionPolicy { MaxActive = 0, KeepName = ["v1*"] },
        new RetentionPolicy { KeepLast = 4, MaxActive = 3 },
        new RetentionPolicy { KeepReady = 4, MaxActive = 3 },
        new RetentionPolicy { KeepLastPerImage = 4, MaxActive = 3 },
        new RetentionPolicy { KeepLastPerLabel = 4, MaxActive = 3 },
        new RetentionPolicy { KeepDaily = 1, TimeZone = "Atlantis/Poseidonis" },
        new RetentionPolicy { KeepLast = 1, GroupBy = (RetentionGrouping)7 },
    };

    public static TheoryData<RetentionPolicy> Taken => new()
    {
        new RetentionPolicy { KeepLast = 1 },
        new RetentionPolicy { KeepLast = 0, KeepSinceCreated = TimeSpan.FromHours(1) },
        new RetentionPolicy { KeepSinceActive = TimeSpan.FromHours(15) },
        new RetentionPolicy { KeepName = ["v1.*"] },
        new RetentionPolicy { MaxActive = 1 },
        new RetentionPolicy { KeepLast = 0, MaxActive = 1 },
        new RetentionPolicy { KeepDaily = 30, MaxActive = 3 },
        new RetentionPolicy { KeepLast = 3, MaxActive = 3, MaxInactive = 100 },
        new RetentionPolicy { KeepReady = 1, TimeZone = "UTC" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_empty_or_self_destructive_policy_is_refused(RetentionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Assert.Equal(FailureKind.InvalidRetentionRule, Assert.Throws<RevisionToolsException>(policy.Validate).Kind);
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_policy_that_keeps_something_is_taken(RetentionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
    }

    [Fact]
    public void A_policy_reads_as_one_would_type_it() => Assert.Equal(
        "KeepLast 3; KeepSinceCreated 2d; KeepName v1.*, hotfix*",
        new RetentionPolicy { KeepLast = 3, KeepSinceCreated = TimeSpan.FromDays(2), KeepName = ["v1.*", "hotfix*"] }.ToString());
}
