using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class SavedTrafficTests
{
    private static readonly TrafficEntry[] s_saved = [Given.To(2, 60, "stable"), Given.ToLatest(40), Given.To(3, 0, "canary")];

    [Fact]
    public void A_table_is_read_back_from_its_properties()
    {
        var saved = Read(Saved(new[] { Row("web-shop--0000002", 60L, "stable"), Row("web-shop--0000003", "40", null, isLatest: true), Row("web-shop--0000003", 0, "canary") }));

        Assert.Equal(Given.App().Id, saved.App);
        Assert.Equal(s_saved, saved.Entries);
    }

    [Fact]
    public void One_entry_that_came_without_its_list_is_a_list_of_one() => Assert.Single(Read(Saved(Row("web-shop--0000002", 100, null))).Entries);

    [Theory]
    [InlineData(null)]
    [InlineData("web-shop")]
    [InlineData("/subscriptions/1/resourceGroups/rg")]
    public void What_names_no_app_is_no_table(string? id) =>
        Assert.Equal(FailureKind.InvalidTrafficTable, Assert.Throws<RevisionToolsException>(() => Read(new(new() { ["ResourceId"] = id, ["Entries"] = new[] { Row("a", 100, null) } }))).Kind);

    [Fact]
    public void What_has_no_entries_or_an_entry_without_a_target_is_no_table()
    {
        Assert.Equal(FailureKind.InvalidTrafficTable, Assert.Throws<RevisionToolsException>(() => Read(Saved(null))).Kind);
        Assert.Equal(FailureKind.InvalidTrafficTable, Assert.Throws<RevisionToolsException>(() => Read(Saved("latest=100"))).Kind);
        Assert.Equal(FailureKind.InvalidTrafficTable, Assert.Throws<RevisionToolsException>(() => Read(Saved(new[] { Row(null, 100, null) }))).Kind);
    }

    [Fact]
    public void A_weight_that_is_none_is_refused() =>
        Assert.Equal(FailureKind.InvalidTrafficWeight, Assert.Throws<RevisionToolsException>(() => Read(Saved(new[] { Row("web-shop--0000002", 33.3, null) }))).Kind);

    [Fact]
    public void A_table_is_restored_as_it_was_labels_and_all() => Assert.Equal(s_saved, Restore(Shop(Given.To(4, 100, "canary"))));

    [Fact]
    public void Bad_tables_are_refused_each_in_its_own_way()
    {
        Refused(FailureKind.InvalidTrafficSum, Given.To(2, 60), Given.To(3, 30));
        Refused(FailureKind.DuplicateLabel, Given.To(2, 60, "a"), Given.To(3, 40, "a"));
        Refused(FailureKind.InvalidLabel, Given.To(2, 100, "Not-A-Label"));
        Refused(FailureKind.TrafficTargetNotFound, Given.To(2, 90), Given.To(9, 10));
        Refused(FailureKind.TrafficTargetInactive, Given.To(1, 100));
        Refused(FailureKind.TrafficTargetInactive, Given.To(2, 100), Given.To(1, 0, "old"));

        void Refused(FailureKind kind, params TrafficEntry[] saved) => Assert.Equal(
            kind, Assert.Throws<RevisionToolsException>(() => new RestoreEdit(saved, Shop().App.Traffic, allowNotReady: false).Apply(Shop())).Kind);
    }

    [Fact]
    public void A_label_that_stands_on_an_inactive_revision_now_may_stay_there()
    {
        TrafficEntry[] saved = [Given.To(2, 100), Given.To(1, 0, "old")];

        Assert.Equal(saved, new RestoreEdit(saved, [Given.To(4, 100), Given.To(1, 0, "old")], allowNotReady: false).Apply(Shop(Given.To(4, 100), Given.To(1, 0, "old"))));
    }

    [Fact]
    public void What_somebody_has_done_meanwhile_is_not_undone()
    {
        var edit = new RestoreEdit(s_saved, [Given.To(4, 100)], allowNotReady: false);

        var failure = Assert.Throws<RevisionToolsException>(() => edit.Apply(Shop(Given.To(4, 100), Given.To(3, 0, "hotfix"))));

        Assert.Equal(FailureKind.TrafficChanged, failure.Kind);
        Assert.Contains("web-shop--0000003: - -> 0 % hotfix", failure.Message, StringComparison.Ordinal);
        Assert.Equal(s_saved, edit.Apply(Shop(s_saved)));
    }

    private static IReadOnlyList<TrafficEntry> Restore(AppSnapshot snapshot) => new RestoreEdit(s_saved, snapshot.App.Traffic, allowNotReady: false).Apply(snapshot);

    private static AppSnapshot Shop(params TrafficEntry[] traffic)
    {
        var shop = Given.Shop(4);
        return Given.Snapshot(
            traffic.Length == 0 ? shop.App : shop.App with { Traffic = traffic },
            Given.Resource(1) with { Active = false, RunningState = "Stopped" }, Given.Resource(2), Given.Resource(3), Given.Resource(4));
    }

    private static SavedTraffic Read(Bag item) => SavedTraffic.Read(item, (from, name) => ((Bag)from).Properties.GetValueOrDefault(name));

    private static Bag Saved(object? entries) => new(new() { ["ResourceId"] = Given.App().ResourceId, ["Entries"] = entries });

    private static Bag Row(string? name, object weight, string? label, bool? isLatest = null) =>
        new(new() { ["RevisionName"] = name, ["Weight"] = weight, ["Label"] = label, ["LatestRevision"] = isLatest });

    private sealed record Bag(Dictionary<string, object?> Properties);
}
