using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>What a switch of the revision mode does, and what stands against it.</summary>
public sealed class ModePlanTests
{
    [Fact]
    public void Single_mode_keeps_the_latest_revision_and_takes_the_others_down()
    {
        var plan = ModePlan.Of(Given.Shop(3), RevisionMode.Single);

        Assert.Equal([Given.NameOf(1), Given.NameOf(2)], plan.GoingDown.Select(revision => revision.Name));
        Assert.Equal([Given.NameOf(3)], plan.Staying.Select(revision => revision.Name));
        Assert.Empty(plan.Obstacles);
        Assert.Equal(
            $"Set revision mode from Multiple to Single (keeps {Given.NameOf(3)}; takes down {Given.NameOf(1)}, {Given.NameOf(2)})", plan.Describe());
    }

    [Fact]
    public void What_is_inactive_or_going_down_already_is_not_taken_down()
    {
        var snapshot = Given.Snapshot(
            Latest(3), Given.Resource(1) with { Active = false, RunningState = "Stopped" }, Given.Resource(2) with { RunningState = "Deprovisioning" }, Given.Resource(3));

        var plan = ModePlan.Of(snapshot, RevisionMode.Single);

        Assert.Empty(plan.GoingDown);
        Assert.Equal(Given.NameOf(2), Assert.Single(plan.Others).Name);
        Assert.Contains("takes down nothing", plan.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Traffic_on_another_revision_than_the_latest_stands_against_it()
    {
        var app = Latest(3) with { Traffic = [Given.To(1, 30), Given.To(3, 70)] };

        var plan = ModePlan.Of(Given.Snapshot(app, Given.Resource(1), Given.Resource(2), Given.Resource(3)), RevisionMode.Single);
        var refusal = plan.Refusal([])!;

        Assert.Equal((Interlock.CarriesTraffic, Given.NameOf(1)), (plan.Obstacles.Single().Interlock, plan.Obstacles.Single().RevisionName));
        Assert.Equal([Interlock.CarriesTraffic], refusal.Interlocks);
        Assert.Contains($"'{Given.NameOf(1)}' gets 30 % of the traffic", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"Set-AcaTraffic -ContainerAppName web-shop -ResourceGroupName rg-shop -To {Given.NameOf(3)}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Traffic_of_the_latest_entry_that_still_goes_to_the_one_before_stands_against_it()
    {
        var app = Latest(2) with { LatestReadyRevisionName = Given.NameOf(1), Traffic = [Given.ToLatest(100)] };
        var snapshot = Given.Snapshot(app, Given.Resource(1), Given.Resource(2) with { RunningState = "Activating", HealthState = "None" });

        var plan = ModePlan.Of(snapshot, RevisionMode.Single);

        Assert.Equal([Interlock.LastActive, Interlock.CarriesTraffic], plan.Obstacles.Select(obstacle => obstacle.Interlock));
        Assert.Contains("Wait-AcaRevision", plan.Refusal([])!.Message, StringComparison.Ordinal);
        Assert.Empty(plan.GoingDown);
    }

    [Theory]
    [InlineData(true, "Failed")]
    [InlineData(true, "Activating")]
    [InlineData(true, "Rebalancing")]
    [InlineData(false, "Stopped")]
    public void A_latest_revision_that_is_not_ready_stands_against_it(bool active, string runningState)
    {
        var snapshot = Given.Snapshot(Latest(2), Given.Resource(1), Given.Resource(2) with { Active = active, RunningState = runningState });

        var obstacle = Assert.Single(ModePlan.Of(snapshot, RevisionMode.Single).Obstacles);

        Assert.Equal((Interlock.LastActive, Given.NameOf(2)), (obstacle.Interlock, obstacle.RevisionName));
    }

    [Fact]
    public void An_app_without_a_latest_revision_is_refused()
    {
        var app = Given.App() with { LatestRevisionName = null };

        Assert.Equal(Interlock.LastActive, Assert.Single(ModePlan.Of(Given.Snapshot(app), RevisionMode.Single).Obstacles).Interlock);
    }

    [Fact]
    public void Labels_and_event_consumers_that_go_are_named()
    {
        var app = Latest(3) with { Traffic = [Given.To(3, 100), Given.To(1, 0, "previous")] };
        var rule = new ScaleRule("q", "azure-queue", new Dictionary<string, string> { ["queueName"] = "orders" });
        var snapshot = Given.Snapshot(app, Given.Resource(1), Given.Resource(2) with { ScaleRules = [rule] }, Given.Resource(3));

        var losses = ModePlan.Of(snapshot, RevisionMode.Single).Losses();

        Assert.Equal($"the hosts of these labels go dead: previous ({Given.NameOf(1)})", losses[0]);
        Assert.Contains($"{Given.NameOf(2)} (azure-queue:orders; nothing that stays takes from azure-queue:orders)", losses[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_whose_source_has_another_that_stays_is_named_without_alarm()
    {
        var rule = new ScaleRule("q", "azure-queue", new Dictionary<string, string> { ["queueName"] = "orders" });
        var snapshot = Given.Snapshot(Latest(2), Given.Resource(1) with { ScaleRules = [rule] }, Given.Resource(2) with { ScaleRules = [rule] });

        Assert.EndsWith($"{Given.NameOf(1)} (azure-queue:orders)", Assert.Single(ModePlan.Of(snapshot, RevisionMode.Single).Losses()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("Labels")]
    public void Multiple_mode_takes_nothing_down_and_names_what_may_come_up(string mode)
    {
        var app = Latest(2) with { RevisionMode = mode };
        var snapshot = Given.Snapshot(app, Given.Resource(1) with { Active = false, RunningState = "Stopped" }, Given.Resource(2));

        var plan = ModePlan.Of(snapshot, RevisionMode.Multiple);

        Assert.Empty(plan.GoingDown);
        Assert.Empty(plan.Obstacles);
        Assert.Equal($"Set revision mode from {mode} to Multiple (takes down nothing; Azure may activate again: {Given.NameOf(1)})", plan.Describe());
    }

    [Theory]
    [InlineData("Single", RevisionMode.Single)]
    [InlineData("single", RevisionMode.Single)]
    [InlineData("Multiple", RevisionMode.Multiple)]
    public void An_app_that_is_in_the_mode_already_has_nothing_to_refuse(string mode, RevisionMode target)
    {
        var app = Latest(2) with { RevisionMode = mode, Traffic = [Given.To(1, 100)] };

        var plan = ModePlan.Of(Given.Snapshot(app, Given.Resource(1), Given.Resource(2)), target);

        Assert.True(plan.IsThere);
        Assert.Empty(plan.Obstacles);
    }

    [Fact]
    public void What_was_accepted_is_not_refused_again_and_what_has_come_up_since_is()
    {
        var resources = new[] { Given.Resource(1), Given.Resource(2), Given.Resource(3) };
        var approved = ModePlan.Of(Given.Snapshot(Latest(3) with { Traffic = [Given.To(1, 100)] }, resources), RevisionMode.Single);
        var same = ModePlan.Of(Given.Snapshot(Latest(3) with { Traffic = [Given.To(1, 60), Given.To(3, 40)] }, resources), RevisionMode.Single);
        var other = ModePlan.Of(Given.Snapshot(Latest(3) with { Traffic = [Given.To(1, 60), Given.To(2, 40)] }, resources), RevisionMode.Single);

        same.RequireWithin(approved);
        Assert.Equal(FailureKind.RevisionProtected, Assert.Throws<RevisionProtectedException>(() => other.RequireWithin(approved)).Kind);
    }

    [Fact]
    public void A_switch_that_would_take_down_more_than_was_agreed_to_is_not_made()
    {
        var approved = ModePlan.Of(Given.Shop(2), RevisionMode.Single);
        var fresh = ModePlan.Of(Given.Shop(3), RevisionMode.Single);

        var failure = Assert.Throws<RevisionToolsException>(() => fresh.RequireWithin(approved));

        Assert.Equal(FailureKind.RevisionChanged, failure.Kind);
        Assert.Contains($"{Given.NameOf(2)} would go down too", failure.Message, StringComparison.Ordinal);
    }

    private static ContainerApp Latest(int number) =>
        Given.App(traffic: Given.To(number, 100)) with { LatestRevisionName = Given.NameOf(number), LatestReadyRevisionName = Given.NameOf(number) };
}
