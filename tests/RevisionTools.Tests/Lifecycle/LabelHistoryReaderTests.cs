using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class LabelHistoryReaderTests : SandboxTest
{
    public LabelHistoryReaderTests()
    {
        Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        SetTraffic(Shop("web-checkout"), ("web-checkout--v2-14", 100, "stable"), ("web-checkout--v2-13", 0, "canary"));
    }

    [Fact]
    public async Task Records_come_newest_first_and_labels_that_are_gone_keep_theirs()
    {
        var records = await ReadAsync("web-checkout", "*");

        Assert.Equal(
            ["canary=web-checkout--v2-13", "canary=web-checkout--v2-15", "previous=web-checkout--v2-12", "stable=web-checkout--v2-14"],
            records.Select(record => record.ToString()));
        Assert.Equal([true, false, false, true], records.Select(record => record.Stop is null));
        Assert.Equal(records[0].Start, records[1].Stop);
        Assert.All(records, record => Assert.Equal(
            ("Succeeded", "web-checkout", "rg-shop", Sandbox.SubscriptionId), (record.Status, record.ContainerAppName, record.ResourceGroupName, record.SubscriptionId)));
    }

    [Fact]
    public async Task A_label_that_an_app_never_had_is_missed_only_where_one_app_was_named()
    {
        Assert.Equal(2, (await ReadAsync("web-checkout", "CANARY", "no-*", "nope")).Count);
        Assert.Equal(FailureKind.LabelNotFound, Assert.Single(Output.Failures).Kind);

        Assert.Equal(2, (await ReadAsync("*", "canary")).Count);
        Assert.Single(Output.Failures);
    }

    private async Task<List<LabelHistoryRecord>> ReadAsync(string app, params string[] labels)
    {
        var before = Output.Results<LabelHistoryRecord>().Count;
        await new LabelHistoryReader(Azure, Output).ReadAsync([new AppScope(Sandbox.SubscriptionId, null, app)], labels, CancellationToken.None);
        return [.. Output.Results<LabelHistoryRecord>().Skip(before)];
    }
}
