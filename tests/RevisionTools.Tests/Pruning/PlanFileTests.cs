using System.Collections.Specialized;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Saved;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Plans in files: what is saved is what is read, and nothing else is taken for it.</summary>
public sealed class PlanFileTests
{
    [Fact]
    public void What_is_saved_and_read_again_is_the_same_plan() => Worlds.Hold(world =>
    {
        if (!IsValid(world.Policy))
        {
            return true;
        }

        var plan = world.Plan() with { Cloud = "AzureCloud" };
        var read = Assert.Single(Written.Read(Written.Plans([plan])));

        // Every property of every record, so that one that is added to a world and not saved shows here.
        return Everything(read.World) == Everything(plan.World)
            && Everything(read.Entries) == Everything(plan.Entries)
            && read.Fingerprint == plan.Fingerprint
            && PlanDrift.Between(plan, read.World).Count == 0
            && (read.Cloud, read.CreatedTime, read.AsOf) == (plan.Cloud, plan.CreatedTime, plan.AsOf)
            && read.Request.Lifts == plan.Request.Lifts
            && read.Policy.ToString() == plan.Policy.ToString();
    });

    [Fact]
    public void All_that_rules_may_look_at_is_saved()
    {
        var snapshot = Given.Shop(4);
        var world = new PruneWorld(new AppSnapshot(
            snapshot.App with { Tags = new Dictionary<string, string> { ["RevisionTools-Keep"] = "0000001" } }, snapshot.Revisions))
        {
            LabelHistory =
            [
                new LabelHistoryRecord
                {
                    Label = "blue",
                    RevisionName = Given.NameOf(1),
                    Start = Given.Now.AddDays(-3),
                    Stop = Given.Now,
                    Status = "Succeeded",
                    ContainerAppName = snapshot.App.Name,
                    ResourceGroupName = snapshot.App.ResourceGroupName,
                    SubscriptionId = snapshot.App.SubscriptionId,
                    ResourceId = "/history",
                },
            ],
            Readiness = new Dictionary<string, ReadinessResult> { [Given.NameOf(1)] = ReadinessResult.NotReady },
        };
        var policy = new RetentionPolicy
        {
            KeepLast = 1,
            KeepSinceCreated = TimeSpan.FromHours(5),
            KeepSinceActive = TimeSpan.FromMinutes(7),
            KeepDaily = 1,
            KeepWeekly = 2,
            KeepMonthly = 3,
            TimeZone = "UTC",
            KeepLastPerLabel = 1,
            KeepLastPerImage = 1,
            KeepName = ["a*", "b"],
            KeepReady = 1,
            MaxActive = 9,
            MaxInactive = 90,
            Failed = TimeSpan.FromDays(1),
            GroupBy = RetentionGrouping.Label,
        };
        var plan = PrunePlanner.Plan(world, new PruneRequest(policy, new InterlockLifts(true, true)), Given.Now, new HashSet<string> { Given.NameOf(1) });

        var read = Assert.Single(Written.Read(Written.Plans([plan])));

        Assert.Equal(Everything(plan.World), Everything(read.World));
        Assert.Equal(Everything(plan.Policy), Everything(read.Policy));
        Assert.Equal(plan.Selected, read.Selected);
        Assert.Equal("0000001", read.World.Snapshot.App.Tags["revisiontools-keep"]);
        Assert.Equal(90, read.Retention?.After);
    }

    [Fact]
    public void No_template_and_no_tag_of_others_is_saved()
    {
        var snapshot = Given.Shop(2);
        var app = snapshot.App with { Tags = new Dictionary<string, string> { ["cost-centre"] = "s3cret" } };
        var revisions = snapshot.Revisions.Select(revision => revision with { Template = new OrderedDictionary { ["env"] = "s3cret" } });

        var text = Written.Plans([Plan(new AppSnapshot(app, revisions))]);

        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.Single(Written.Read(text));
    }

    [Fact]
    public void A_hundred_revisions_take_less_than_a_megabyte()
    {
        var text = Written.Plans([Plan(Given.Shop(100))]);

        Assert.InRange(text.Length, 1, 1_000_000);
    }

    [Theory]
    [InlineData("[]", "The text holds no JSON object.")]
    [InlineData("{", "The text is not JSON: line 1")]
    [InlineData("{}", "The text is no file with prune plans")]
    [InlineData("""{ "format": "RevisionTools prune journal" }""", "The text is no file with prune plans")]
    [InlineData("""{ "format": "RevisionTools prune plans" }""", "has version none")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 2, "plans": [], "new": 1 }""", "has version 2")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1 }""", "plans")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": null }""", "plans")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ null ] }""", "$.plans[0] is null")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [], "more": 1 }""", "more")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ { "cloud": 7 } ] }""", "$.plans[0].cloud")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ 1, [ {} ] ] }""", "$.plans[0]")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ {} ], "plans": [] }""", "a field stands in it twice")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [], "plans": [ {} ] }""", "a field stands in it twice")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ { "cloud": "a", "cloud": "b" } ] }""", "a field stands in it twice")]
    [InlineData("""{ "format": "RevisionTools prune plans", "version": 1, "plans": [ {} }""", "The text is not JSON: line 1")]
    public void What_is_no_plan_is_refused_with_its_reason(string text, string reason)
    {
        var refusal = Assert.Throws<RevisionToolsException>(() => Written.Read(text));

        Assert.Equal(FailureKind.InvalidPrunePlan, refusal.Kind);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decisions[0].decision", "\"Keep\"")]
    [InlineData("decisions[5].decision", "\"Deactivate\"")]
    [InlineData("decisions[0].name", "\"web-shop--0000002\"")]
    [InlineData("fingerprint", "\"00\"")]
    [InlineData("policy.keepLast", "1")]
    [InlineData("policy.keepLast", "-1")]
    [InlineData("lifts.labelled", "true")]
    [InlineData("selected", "[]")]
    [InlineData("retention.before", "90")]
    [InlineData("retention.after", "50")]
    [InlineData("world.app.revisionMode", "\"Labels\"")]
    [InlineData("world.app.traffic[0].weight", "0")]
    [InlineData("world.app.latestRevisionName", "\"web-shop--0000001\"")]
    [InlineData("world.app.ingressEnabled", "false")]
    [InlineData("world.app.maxInactiveRevisions", "80")]
    [InlineData("world.app.resourceId", "\"/other\"")]
    [InlineData("world.app.tags", "{ \"revisiontools-keep\": \"x\" }")]
    [InlineData("world.revisions[0].stage", "\"Failed\"")]
    [InlineData("world.revisions[0].createdTime", "\"2026-02-28T00:00:00+00:00\"")]
    [InlineData("world.revisions[0].labels", "[ \"blue\" ]")]
    [InlineData("world.revisions[0].effectiveWeight", "1")]
    [InlineData("world.revisions[0].name", "\"web-shop--0000099\"")]
    [InlineData("world.revisions", "[]")]
    public void A_file_that_was_altered_is_refused(string path, string value)
    {
        var document = JsonNode.Parse(Written.Plans([Plan(Given.Shop(6))]))!;
        Set(document["plans"]![0]!, path, value);

        var refusal = Assert.Throws<RevisionToolsException>(() => Written.Read(document.ToJsonString()));

        Assert.Equal(FailureKind.InvalidPrunePlan, refusal.Kind);
        Assert.Contains("altered", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_that_stands_there_twice_with_its_decision_is_refused()
    {
        var document = JsonNode.Parse(Written.Plans([Plan(Given.Shop(6))]))!;
        var plan = document["plans"]![0]!;
        foreach (var list in new[] { plan["world"]!["revisions"]!.AsArray(), plan["decisions"]!.AsArray() })
        {
            list.Insert(0, list[0]!.DeepClone());
        }

        var refusal = Assert.Throws<RevisionToolsException>(() => Written.Read(document.ToJsonString()));

        Assert.Equal(FailureKind.InvalidPrunePlan, refusal.Kind);
        Assert.Contains($"has the revision '{Given.NameOf(1)}' twice", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_would_command_a_terminal_or_an_agent_is_made_harmless()
    {
        var text = Written.Plans([Plan(Given.Shop(2))]).Replace("idle: no traffic", "\\u001b[2J##vso[task] ", StringComparison.Ordinal);

        var read = Assert.Single(Written.Read(text));

        Assert.Contains("## vso", read.Entries[0].Revision.StageReason.Replace("## [", "## vso[", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', read.Entries[0].Revision.StageReason);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_with_its_path()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var refusal = Assert.Throws<RevisionToolsException>(() => PlanFile.ReadFile(path));

        Assert.Equal(FailureKind.InvalidPrunePlan, refusal.Kind);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plans_of_many_apps_are_read_in_their_order_wherever_a_block_of_the_file_ends()
    {
        var snapshot = Given.Shop(100);
        var apps = Enumerable.Range(0, 9).Select(number => new AppSnapshot(snapshot.App with { Name = new string('x', 7 * number) + number }, snapshot.Revisions));
        var plans = apps.Select(Plan).ToList();
        var text = Written.Plans(plans);

        Assert.InRange(text.Length, 64 * 1024 * 8, int.MaxValue);
        Assert.Equal(plans.Select(plan => plan.Fingerprint), Written.Read($"\uFEFF/* by hand */{text}// the end").Select(plan => plan.Fingerprint));
    }

    [Fact]
    public void A_plan_for_people_says_why()
    {
        var document = JsonNode.Parse(Written.Plans([Plan(Given.Shop(3))]))!["plans"]![0]!;

        Assert.Equal("web-shop: keep 2, deactivate 1, blocked 0, inactive 0", (string?)document["summary"]);
        Assert.Contains("kept by no rule", (string?)document["decisions"]![0]!["reasons"]![0], StringComparison.Ordinal);
    }

    private static PrunePlan Plan(AppSnapshot snapshot) =>
        PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(new RetentionPolicy { KeepLast = 2, MaxInactive = 60 }, InterlockLifts.None), Given.Now) with { Cloud = "Sandbox" };

    private static bool IsValid(RetentionPolicy policy)
    {
        try
        {
            policy.Validate();
            return true;
        }
        catch (RevisionToolsException)
        {
            return false;
        }
    }

    private static string Everything<T>(T value) => JsonSerializer.Serialize(value);

    private static void Set(JsonNode plan, string path, string value)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = steps[..^1].Aggregate(plan, (at, step) => step[0] == '[' ? at[int.Parse(step.Trim('[', ']'), null)]! : at[step]!);
        node[steps[^1]] = JsonNode.Parse(value);
    }
}
