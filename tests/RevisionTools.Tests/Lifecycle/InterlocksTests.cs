using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class InterlocksTests
{
    private static readonly HashSet<string> s_nobody = [];

    [Fact]
    public void An_idle_old_revision_of_a_healthy_app_is_free() => Assert.Empty(Holding(Given.Shop(3), 1));

    [Fact]
    public void The_serving_newest_is_held_by_traffic_and_by_being_the_newest() => Assert.Equal(
        [Interlock.CarriesTraffic, Interlock.Latest, Interlock.LatestReady], Holding(Given.Shop(3), 3));

    [Fact]
    public void Traffic_that_Azure_counts_is_believed_even_where_the_table_says_none() =>
        Assert.Contains(Interlock.CarriesTraffic, Holding(Given.Shop(3, resource => resource with { TrafficWeight = 5 }), 1));

    [Fact]
    public void The_one_that_really_serves_is_held_while_a_newer_one_starts()
    {
        var app = Given.App(traffic: Given.ToLatest(100)) with { LatestRevisionName = Given.NameOf(2), LatestReadyRevisionName = Given.NameOf(1) };
        var snapshot = Given.Snapshot(app, Given.Resource(1), Given.Resource(2) with { RunningState = "Activating", HealthState = "None" });

        Assert.Contains(Interlock.CarriesTraffic, Holding(snapshot, 1));
        Assert.Equal([Interlock.CarriesTraffic, Interlock.Latest, Interlock.InTransition], Holding(snapshot, 2));
    }

    [Theory]
    [InlineData("Running", "Healthy", true, false)]
    [InlineData("Running", "Healthy", false, true)]
    [InlineData("Deprovisioning", "Healthy", true, true)]
    [InlineData("Failed", "Unhealthy", true, true)]
    [InlineData("Activating", "None", true, true)]
    public void It_is_the_last_active_unless_another_is_as_far(string running, string health, bool active, bool isLast)
    {
        var app = Given.App(traffic: Given.To(9, 100));
        var snapshot = Given.Snapshot(app, Given.Resource(1), Given.Resource(2) with { RunningState = running, HealthState = health, Active = active });

        Assert.Equal(isLast, Holding(snapshot, 1).Contains(Interlock.LastActive));
    }

    [Fact]
    public void Those_that_leave_in_the_same_run_do_not_stand_in()
    {
        var snapshot = Given.Snapshot(Given.App(traffic: Given.To(9, 100)), Given.Resource(1), Given.Resource(2));

        Assert.DoesNotContain(Interlock.LastActive, Holding(snapshot, 1));
        Assert.Contains(Interlock.LastActive, InterlockRules.Default.Of(snapshot.Revisions[0], snapshot, new HashSet<string> { Given.NameOf(2) }));
    }

    [Fact]
    public void In_single_mode_every_revision_is_held()
    {
        var shop = Given.Shop(3);
        var single = new AppSnapshot(shop.App with { RevisionMode = "single" }, shop.Revisions);

        Assert.All(single.Revisions, revision => Assert.Contains(Interlock.SingleMode, InterlockRules.Default.Of(revision, single, s_nobody)));
    }

    [Fact]
    public void A_label_at_no_weight_holds()
    {
        var app = Given.App(traffic: [Given.To(3, 100), Given.To(1, 0, "stable")]);

        Assert.Equal([Interlock.Labelled], Holding(Given.Snapshot(app, Given.Resource(1), Given.Resource(2), Given.Resource(3)), 1));
    }

    [Fact]
    public void What_is_not_understood_is_held() =>
        Assert.Equal([Interlock.UnknownState], Holding(Given.Shop(3, resource => resource with { RunningState = "Dreaming" }), 1));

    [Fact]
    public void Event_consumers_are_held()
    {
        var shop = Given.Shop(3);
        var app = shop.App with { Kind = "FunctionApp" };
        var snapshot = Given.Snapshot(app, Given.Resource(1), Given.Resource(2), Given.Resource(3));

        Assert.Equal([Interlock.ConsumesEvents], Holding(snapshot, 1));
    }

    [Fact]
    public void Only_labels_and_event_consumers_can_be_lifted_in_bulk()
    {
        var all = Enum.GetValues<Interlock>();

        var binding = Interlocks.BindingInBulk(all, new InterlockLifts(Labelled: true, EventConsumer: true));

        Assert.Equal(all.Except([Interlock.Labelled, Interlock.ConsumesEvents]), binding);
        Assert.Equal(all, Interlocks.BindingInBulk(all, InterlockLifts.None));
    }

    // DESIGN section 5, the column for one named revision.
    [Theory]
    [InlineData(Interlock.CarriesTraffic, "Refuse", "Refuse")]
    [InlineData(Interlock.LastActive, "Refuse", "Ask")]
    [InlineData(Interlock.SingleMode, "Refuse", "Ask")]
    [InlineData(Interlock.Labelled, "Refuse", "Tell")]
    [InlineData(Interlock.Latest, "Allow", "Allow")]
    [InlineData(Interlock.LatestReady, "Allow", "Allow")]
    [InlineData(Interlock.InTransition, "Tell", "Tell")]
    [InlineData(Interlock.UnknownState, "Ask", "Ask")]
    [InlineData(Interlock.ConsumesEvents, "Tell", "Tell")]
    public void A_person_who_names_a_revision_is_refused_asked_or_told(Interlock interlock, string plain, string forced)
    {
        Assert.Equal(plain, Interlocks.ForNamed(interlock, force: false).ToString());
        Assert.Equal(forced, Interlocks.ForNamed(interlock, force: true).ToString());
    }

    [Fact]
    public void Every_interlock_has_words_of_its_own()
    {
        var revision = Given.Shop(1).Revisions[0];
        var words = Enum.GetValues<Interlock>().Select(interlock => Interlocks.Describe(interlock, revision)).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.All(words, text => Assert.Contains(' ', text));
    }

    private static IReadOnlyList<Interlock> Holding(AppSnapshot snapshot, int number) =>
        InterlockRules.Default.Of(snapshot.Find(Given.NameOf(number))!, snapshot, s_nobody);
}
