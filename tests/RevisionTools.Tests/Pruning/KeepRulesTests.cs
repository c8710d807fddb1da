using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Each rule by itself, and where they meet. Revisions are numbered from the oldest.</summary>
public sealed class KeepRulesTests
{
    private static readonly string[] s_shop = ["contoso.azurecr.io/shop:1"];

    // The clocks of Berlin go forward at 2026-03-29 01:00 UTC and back at 2026-10-25 01:00 UTC.
    [Theory]
    [InlineData(null, "2026-03-28T22:30Z 2026-03-28T23:30Z 2026-03-29T21:30Z 2026-03-29T22:30Z", "2 4")]
    [InlineData("Europe/Berlin", "2026-03-28T22:30Z 2026-03-28T23:30Z 2026-03-29T21:30Z 2026-03-29T22:30Z", "3 4")]
    [InlineData("Europe/Berlin", "2026-10-24T21:30Z 2026-10-24T22:30Z 2026-10-25T22:30Z 2026-10-25T23:30Z", "3 4")]
    [InlineData("Europe/Berlin", "2026-10-25T00:30Z 2026-10-25T01:30Z 2026-10-26T10:00Z", "2 3")]
    [InlineData("Pacific/Kiritimati", "2026-03-28T09:30Z 2026-03-28T10:30Z 2026-03-29T09:30Z", "1 3")]
    [InlineData(null, "2028-02-28T10:00Z 2028-02-29T10:00Z 2028-03-01T10:00Z", "2 3")]
    public void Days_are_those_of_the_time_zone(string? timeZone, string dates, string kept) =>
        Assert.Equal(kept, KeptOf(dates, new RetentionPolicy { KeepDaily = 2, TimeZone = timeZone }));

    // 2026-01-01 is a Thursday: its week began on the Monday before. 2027-01-01 is a Friday of the 53rd week of 2026.
    [Theory]
    [InlineData("2025-12-28T10:00Z 2025-12-29T10:00Z 2026-01-01T10:00Z 2026-01-04T10:00Z 2026-01-05T10:00Z", 2, "4 5")]
    [InlineData("2025-12-28T10:00Z 2025-12-29T10:00Z 2026-01-01T10:00Z 2026-01-04T10:00Z 2026-01-05T10:00Z", 3, "1 4 5")]
    [InlineData("2026-12-20T10:00Z 2026-12-28T10:00Z 2026-12-31T10:00Z 2027-01-01T10:00Z 2027-01-03T10:00Z 2027-01-04T10:00Z", 2, "5 6")]
    [InlineData("0001-01-01T10:00Z 2026-01-01T10:00Z", 2, "1 2")]
    public void A_week_runs_from_Monday_over_the_end_of_the_year(string dates, int weeks, string kept) =>
        Assert.Equal(kept, KeptOf(dates, new RetentionPolicy { KeepWeekly = weeks }));

    [Fact]
    public void In_Berlin_a_month_and_a_week_begin_before_they_do_in_UTC()
    {
        const string Dates = "2026-05-31T21:30Z 2026-05-31T22:30Z 2026-06-10T00:00Z";

        Assert.Equal("2 3", KeptOf(Dates, new RetentionPolicy { KeepMonthly = 2 }));
        Assert.Equal("1 3", KeptOf(Dates, new RetentionPolicy { KeepMonthly = 2, TimeZone = "Europe/Berlin" }));
        Assert.Equal("2 3", KeptOf(Dates, new RetentionPolicy { KeepWeekly = 2, TimeZone = "Europe/Berlin" }));
    }

    [Fact]
    public void The_oldest_stands_in_while_there_are_fewer_days_and_says_so()
    {
        const string Dates = "2026-02-01T08:00Z 2026-02-01T09:00Z 2026-02-01T10:00Z";
        var plan = PlanOf(Dates, new RetentionPolicy { KeepDaily = 2 });

        Assert.Equal("1 3", Kept(plan));
        Assert.Equal("the oldest active, while there are fewer (KeepDaily 2)", Assert.Single(plan.Entries[0].Reasons));
        Assert.Contains("not the newest of 2026-02-01", plan.Entries[1].Reasons[^1], StringComparison.Ordinal);
        Assert.Equal("3", KeptOf(Dates, new RetentionPolicy { KeepDaily = 1 }));
    }

    [Fact]
    public void Failed_revisions_fill_no_day()
    {
        var snapshot = Shop(3, resource => resource.Name == Given.NameOf(3) ? Failed(resource) : resource with { CreatedTime = resource.CreatedTime });

        Assert.Equal("1 2", Kept(Plan(snapshot, new RetentionPolicy { KeepDaily = 2 })));
    }

    [Fact]
    public void Labels_keep_their_holder_and_the_ones_that_had_them_last()
    {
        var snapshot = Shop(6, app: Given.App(traffic: [Given.To(6, 100), Given.To(2, 0, "blue")]));
        LabelHistoryRecord[] history =
        [
            Record("Blue", 2, 9, null), Record("blue", 5, 30, 20), Record("blue", 1, 20, 9), Record("blue", 3, 90, 80), Record("blue", 4, 7, 6, "Failed"),
            Record("gone", 3, 50, 40), Record("blue", 99, 9, 8),
        ];

        var plan = Plan(snapshot, new RetentionPolicy { KeepLastPerLabel = 2 }, history: history);

        Assert.Equal("1 2 3", Kept(plan));
        Assert.Equal("has label blue (KeepLastPerLabel 2)", Assert.Single(plan.Entries[1].Reasons));
        Assert.Equal("no. 2 of label blue (KeepLastPerLabel 2)", Assert.Single(plan.Entries[0].Reasons));
        Assert.Equal("no. 1 of label gone (KeepLastPerLabel 2)", Assert.Single(plan.Entries[2].Reasons));
        Assert.Contains("never had a label", plan.Entries[3].Reasons[^1], StringComparison.Ordinal);
        Assert.Contains("no. 3 of label blue", plan.Entries[4].Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_follows_the_latest_is_had_by_the_newest_and_by_the_newest_that_is_ready()
    {
        var app = Given.App(traffic: Given.ToLatest(100) with { Label = "live" }) with { LatestRevisionName = Given.NameOf(3), LatestReadyRevisionName = Given.NameOf(2) };

        Assert.Equal("2 3", Kept(Plan(Shop(3, app: app), new RetentionPolicy { KeepLastPerLabel = 1 })));
    }

    [Fact]
    public void Images_are_told_apart_by_registry_and_repository_alone()
    {
        string[][] images =
        [
            ["nginx"], ["contoso.azurecr.io/shop:1"], ["contoso.azurecr.io/shop@sha256:0a", "docker.io/library/nginx:2"],
            ["CONTOSO.azurecr.io/shop:3"], ["other.azurecr.io/shop:3"], ["contoso.azurecr.io/shop"],
        ];
        var snapshot = Shop(6, (resource, number) => WithImages(resource, images[number - 1]));

        var plan = Plan(snapshot, new RetentionPolicy { KeepLastPerImage = 1 });

        Assert.Equal("3 5 6", Kept(plan));
        Assert.Equal("no. 1 of image docker.io/library/nginx (KeepLastPerImage 1)", Assert.Single(plan.Entries[2].Reasons));
        Assert.Contains("no. 2 of image docker.io/library/nginx", plan.Entries[0].Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_those_that_could_start_again_the_newest_are_kept()
    {
        var readiness = new Dictionary<string, ReadinessResult>
        {
            [Given.NameOf(1)] = ReadinessResult.Ready,
            [Given.NameOf(2)] = ReadinessResult.Ready,
            [Given.NameOf(3)] = ReadinessResult.Ready,
            [Given.NameOf(4)] = ReadinessResult.NotReady,
        };

        var plan = Plan(Shop(5), new RetentionPolicy { KeepReady = 2 }, readiness: readiness);

        Assert.Equal("2 3", Kept(plan));
        Assert.Equal("no. 2 that could start again (KeepReady 2)", Assert.Single(plan.Entries[1].Reasons));
        Assert.Contains("no. 3 that could start again", plan.Entries[0].Reasons[^1], StringComparison.Ordinal);
        Assert.Contains("could not start again", plan.Entries[3].Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Grouped_by_image_each_group_is_counted_by_itself()
    {
        var snapshot = Shop(6, (resource, number) => WithImages(resource, number % 3 == 0 ? ["nginx"] : s_shop));

        var plan = Plan(snapshot, new RetentionPolicy { KeepLast = 1, GroupBy = RetentionGrouping.Image });

        Assert.Equal("5 6", Kept(plan));
        Assert.Equal("no. 1 of the newest active with image contoso.azurecr.io/shop (KeepLast 1)", Assert.Single(plan.Entries[4].Reasons));
    }

    [Fact]
    public void Grouped_by_label_a_revision_is_of_every_label_that_it_has_or_had_and_those_without_are_a_group()
    {
        var snapshot = Shop(6, app: Given.App(traffic: [Given.To(4, 0, "blue"), Given.To(4, 0, "green")]));
        LabelHistoryRecord[] history = [Record("old", 1, 9, 8), Record("old", 2, 8, 7), Record("blue", 3, 9, 8)];

        var plan = Plan(snapshot, new RetentionPolicy { KeepLast = 1, GroupBy = RetentionGrouping.Label }, history: history);

        Assert.Equal("2 4 6", Kept(plan));
        Assert.Equal(
            ["no. 1 of the newest active of label blue (KeepLast 1)", "no. 1 of the newest active of label green (KeepLast 1)"], plan.Entries[3].Reasons);
        Assert.Equal("no. 1 of the newest active that never had a label (KeepLast 1)", Assert.Single(plan.Entries[5].Reasons));
    }

    [Fact]
    public void Under_a_ceiling_those_that_only_time_keeps_give_way_the_oldest_first()
    {
        var policy = new RetentionPolicy { KeepLast = 2, KeepSinceCreated = TimeSpan.FromDays(365), KeepName = ["*1"], MaxActive = 4 };

        var plan = Plan(Shop(6), policy);

        Assert.Equal("1 4 5 6", Kept(plan));
        Assert.Equal("gives way to MaxActive 4, kept otherwise: created 98 d ago (KeepSinceCreated 365d)", plan.Entries[1].Reasons[^1]);
    }

    [Fact]
    public void What_is_counted_or_named_stays_over_the_ceiling() =>
        Assert.Equal("1 2 5 6", Kept(Plan(
            Shop(6), new RetentionPolicy { KeepLast = 2, KeepSinceCreated = TimeSpan.FromDays(365), KeepName = ["*1", "*2"], MaxActive = 2 })));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void A_ceiling_alone_keeps_the_newest(int? keepLast)
    {
        var plan = Plan(Shop(4), new RetentionPolicy { KeepLast = keepLast, MaxActive = 2 });

        Assert.Equal("3 4", Kept(plan));
        Assert.Equal("no. 2 of the newest active (MaxActive 2)", plan.Entries[2].Reasons[0]);
    }

    [Fact]
    public void A_failed_revision_goes_whatever_keeps_it_but_a_name()
    {
        var snapshot = Shop(5, (resource, number) => number is 2 or 3 or 5 ? Failed(resource) : resource, Given.App() with
        {
            LatestRevisionName = Given.NameOf(5),
            LatestReadyRevisionName = Given.NameOf(4),
            Tags = new Dictionary<string, string> { ["RevisionTools-KEEP"] = "nothing, 0000003" },
        });

        var plan = Plan(snapshot, new RetentionPolicy { KeepSinceCreated = TimeSpan.FromDays(365), Failed = TimeSpan.FromDays(1) });

        Assert.Equal("1 3 4", Kept(plan));
        Assert.Equal(PruneDecision.Deactivate, plan.Entries[4].Decision);
        Assert.Equal("failed, and created 95 d ago (Failed 1d), kept otherwise: created 95 d ago (KeepSinceCreated 365d)", plan.Entries[4].Reasons[^1]);
        Assert.Equal(["name matches '0000003' (tag revisiontools-keep)", "created 97 d ago (KeepSinceCreated 365d)"], plan.Entries[2].Reasons);
    }

    [Fact]
    public void A_young_failed_revision_is_kept_by_age_like_any_other() => Assert.Equal(
        "1 2",
        Kept(Plan(Shop(2, (resource, _) => Failed(resource)), new RetentionPolicy { KeepSinceCreated = TimeSpan.FromDays(365), Failed = TimeSpan.FromDays(200) })));

    [Theory]
    [InlineData("never", "tag revisiontools-prune: never")]
    [InlineData(" NEVER ", "tag revisiontools-prune: never")]
    [InlineData("nevr", "tag revisiontools-prune says 'nevr', which is not 'never' and not understood")]
    public void An_app_that_opts_out_keeps_all(string value, string reason)
    {
        var app = Given.App() with { Tags = new Dictionary<string, string> { ["REVISIONTOOLS-prune"] = value } };

        var plan = Plan(Shop(4, (resource, number) => number == 1 ? Failed(resource) : resource, app), new RetentionPolicy { MaxActive = 1, Failed = TimeSpan.Zero, MaxInactive = 1 });

        Assert.Equal("1 2 3 4", Kept(plan));
        Assert.All(plan.Entries, entry => Assert.Equal(reason, entry.Reasons[0]));
        Assert.Equal(value == "nevr" ? reason : null, PruneTags.NotUnderstood(app));
        Assert.Null(plan.Retention);
    }

    [Fact]
    public void What_was_made_in_the_future_is_kept_and_says_so()
    {
        var snapshot = Shop(3, (resource, number) => number == 1 ? resource with { CreatedTime = Given.Now.AddHours(50) } : resource);

        var plan = Plan(snapshot, new RetentionPolicy { KeepName = ["*2"] });

        Assert.Equal("1 2", Kept(plan));
        Assert.Equal("created 2d2h in the future: the clocks differ", Assert.Single(plan.Entries[^1].Reasons));
    }

    [Fact]
    public void As_of_a_moment_what_was_made_after_it_fills_no_place_and_says_why()
    {
        var policy = new RetentionPolicy { KeepLast = 2, KeepDaily = 1, KeepSinceActive = TimeSpan.FromHours(1), KeepLastPerImage = 1, MaxActive = 2 };
        var snapshot = Shop(6, (resource, _) => WithImages(resource, s_shop));
        var asOf = snapshot.Revisions[3].CreatedTime!.Value.AddHours(1);

        var plan = PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(policy, InterlockLifts.None), asOf, isAsOf: true);

        Assert.Equal(asOf, plan.AsOf);
        Assert.Equal("3 4 5 6", Kept(plan));
        Assert.Equal(
            [
                "no. 1 of the newest active (KeepLast 2)", "the newest of 2025-11-25 (KeepDaily 1)", "no. 1 of image contoso.azurecr.io/shop (KeepLastPerImage 1)",
                "in use just now (KeepSinceActive 1h)",
            ],
            plan.Entries[3].Reasons);
        Assert.All(plan.Entries.Skip(4), entry => Assert.Equal("made after 2025-11-25 13:00:00Z", entry.Reasons[0]));
        Assert.DoesNotContain(plan.Entries, entry => entry.Reasons.Any(reason => reason.Contains("clocks", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_reason_is_told()
    {
        var plan = Plan(Shop(3), new RetentionPolicy { KeepLast = 1, KeepDaily = 1, KeepWeekly = 1, KeepMonthly = 1, KeepSinceActive = TimeSpan.FromHours(60), KeepName = ["*"] });

        Assert.Equal(
            [
                "no. 1 of the newest active (KeepLast 1)", "the newest of 2025-11-24 (KeepDaily 1)", "the newest of the week of 2025-11-24 (KeepWeekly 1)",
                "the newest of 2025-11 (KeepMonthly 1)", "in use just now (KeepSinceActive 2d12h)", "name matches '*' (KeepName)",
            ],
            plan.Entries[2].Reasons);
    }

    [Fact]
    public void What_is_not_kept_says_what_each_rule_saw()
    {
        var policy = new RetentionPolicy
        {
            KeepLast = 1,
            KeepDaily = 1,
            KeepLastPerLabel = 1,
            KeepLastPerImage = 1,
            KeepReady = 1,
            KeepSinceActive = TimeSpan.FromDays(1),
            KeepName = ["x"],
        };

        var plan = Plan(Shop(3, (resource, _) => WithImages(resource, s_shop)), policy);

        Assert.Equal(
            "kept by no rule: no. 3 of 3 active, 2025-11-22 is no. 3 with any, never had a label, no. 3 of image contoso.azurecr.io/shop, "
            + "not known whether it could start again, created 99 d ago, in use 98 d ago, name matches no pattern",
            plan.Entries[0].Reasons[^1]);
    }

    [Fact]
    public void Before_a_call_the_runs_own_revisions_count_as_they_stood_and_those_of_others_do_not()
    {
        var plan = Plan(Shop(6), new RetentionPolicy { KeepLast = 2 });
        var leaving = plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate).Select(entry => entry.Name).ToHashSet();

        Assert.Empty(At(Down(4, 3, 2)));
        Assert.Equal("no. 2 of the newest active (KeepLast 2)", Assert.Single(At(Down(5), 4)));
        Assert.Empty(At(Down(5), 3));

        // Somebody took down one that was kept after the run had taken down the next: then it is the one after that.
        Assert.Equal("no. 2 of the newest active (KeepLast 2)", Assert.Single(At(Down(5, 4), 3)));

        // One that went down by the run and was purged since counts as well.
        Assert.Empty(At(new AppSnapshot(plan.World.Snapshot.App, Down(4).Revisions.Where(revision => revision.Name != Given.NameOf(4)))));

        IReadOnlyList<string> At(AppSnapshot fresh, int number = 1) =>
            KeepRules.ReasonsAtCall(plan, leaving, plan.World with { Snapshot = fresh }, fresh.Find(Given.NameOf(number))!);

        AppSnapshot Down(params int[] numbers) => Shop(6, (resource, number) =>
            numbers.Contains(number) ? resource with { Active = false, RunningState = "Stopped" } : resource);
    }

    private static string KeptOf(string dates, RetentionPolicy policy) => Kept(PlanOf(dates, policy));

    private static PrunePlan PlanOf(string dates, RetentionPolicy policy)
    {
        var moments = dates.Split(' ').Select(date => DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var snapshot = Shop(moments.Count, (resource, number) => resource with { CreatedTime = moments[number - 1] }, Given.App());
        return PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(policy, InterlockLifts.None), moments[^1].AddHours(1));
    }

    private static PrunePlan Plan(
        AppSnapshot snapshot, RetentionPolicy policy, IReadOnlyList<LabelHistoryRecord>? history = null, IReadOnlyDictionary<string, ReadinessResult>? readiness = null) =>
        PrunePlanner.Plan(
            new PruneWorld(snapshot) { LabelHistory = history ?? [], Readiness = readiness ?? new Dictionary<string, ReadinessResult>() },
            new PruneRequest(policy, InterlockLifts.None),
            Given.Now);

    private static AppSnapshot Shop(int revisions, Func<RevisionResource, int, RevisionResource>? change = null, ContainerApp? app = null)
    {
        var given = app ?? Given.App(traffic: Given.To(revisions, 100));
        given = given with
        {
            LatestRevisionName = given.LatestRevisionName ?? Given.NameOf(revisions),
            LatestReadyRevisionName = given.LatestReadyRevisionName ?? Given.NameOf(revisions),
        };
        return Given.Snapshot(given, [.. Enumerable.Range(1, revisions).Select(number => change is null ? Given.Resource(number) : change(Given.Resource(number), number))]);
    }

    private static AppSnapshot Shop(int revisions, Func<RevisionResource, RevisionResource> change) => Shop(revisions, (resource, _) => change(resource));

    private static RevisionResource Failed(RevisionResource resource) => resource with { ProvisioningState = "Failed", RunningState = "Failed" };

    private static RevisionResource WithImages(RevisionResource resource, string[] images) => resource with
    {
        Containers = [.. images.Select(image => new RevisionContainer { Name = "main", Image = image })],
    };

    private static LabelHistoryRecord Record(string label, int number, int fromDays, int? toDays, string status = "Succeeded") => new()
    {
        Label = label,
        RevisionName = Given.NameOf(number),
        Start = Given.Now.AddDays(-fromDays),
        Stop = toDays is { } days ? Given.Now.AddDays(-days) : null,
        Status = status,
        ContainerAppName = Given.AppName,
        ResourceGroupName = "rg-shop",
        SubscriptionId = "sub",
        ResourceId = "id",
    };

    private static string Kept(PrunePlan plan) => string.Join(
        ' ', plan.Entries.Where(entry => entry.Decision == PruneDecision.Keep).Select(entry => entry.Name[^1] - '0').Order());
}
