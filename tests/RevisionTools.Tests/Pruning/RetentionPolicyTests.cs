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
    };

    public static TheoryData<RetentionPolicy> Taken => new()
    {
        new RetentionPolicy { KeepLast = 1 },
        new RetentionPolicy { KeepLast = 0, KeepSinceCreated = TimeSpan.FromHours(1) },
        new RetentionPolicy { KeepSinceActive = TimeSpan.FromHours(15) },
        new RetentionPolicy { KeepName = ["v1.*"] },
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
