using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

/// <summary>Traffic from the plan to the end, with what goes wrong on the way, on the sandbox.</summary>
public sealed class TrafficChangerTests : SandboxTest
{
    private const string Fallback = "web-checkout--v2-12";
    private const string Idle = "web-checkout--v2-13";
    private const string Stable = "web-checkout--v2-14";
    private const string Canary = "web-checkout--v2-15";

    private ContainerAppId Checkout => Shop("web-checkout");

    [Fact]
    public async Task A_change_gives_back_the_table_before_and_after()
    {
        var change = await ChangeAsync(Weights(("canary", 25)));

        Assert.True(change!.HasWritten);
        Assert.Equal([$"{Stable}: 90 % stable -> 75 % stable", $"{Canary}: 10 % canary -> 25 % canary"], change.Changes);
        Assert.Equal((90, 75), (change.Before.Entries[0].Weight, change.After.Entries[0].Weight));
        Assert.Empty(change.ChangedByOthers);
        Assert.Empty(Output.Warnings);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task The_patch_names_the_traffic_only()
    {
        var state = await new AppStateReader(Azure).ReadAsync(Checkout, CancellationToken.None);

        var patch = new TrafficPlan(state.Snapshot, new AllToEdit(new TrafficTarget(Stable), allowNotReady: false)).PatchFor(state)!;

        Assert.Equal(
            """{"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-14","weight":100,"label":"stable"},{"revisionName":"web-checkout--v2-15","weight":0,"label":"canary"},{"revisionName":"web-checkout--v2-12","weight":0,"label":"previous"}]}}}}""",
            patch.ToJsonString());
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite)]
    [InlineData(SandboxFaultKind.ConnectionReset)]
    [InlineData(SandboxFaultKind.TruncatedBody)]
    public async Task A_swap_whose_answer_was_lost_is_done_once(SandboxFaultKind fault)
    {
        Sandbox.Inject(new SandboxFault { Kind = fault, Method = "PATCH" });

        var change = await ChangeAsync(snapshot => new SwapLabelsEdit("stable", "canary", snapshot.App));

        Assert.True(change!.HasWritten);
        Assert.Equal([(Stable, 90, "canary"), (Canary, 10, "stable"), (Fallback, 0, "previous")], await TableAsync());
    }

    [Fact]
    public async Task When_nobody_can_tell_whether_a_write_took_effect_the_error_says_so()
    {
        SandboxFault dark = new() { Kind = SandboxFaultKind.ConnectionReset, Method = "GET", Times = int.MaxValue };
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "PATCH", After = sandbox => sandbox.Inject(dark) });

        Assert.Null(await ChangeAsync(Weights(("canary", 25))));

        Assert.True(Assert.IsType<ServiceRequestException>(Assert.Single(Output.Failures)).OutcomeUnknown);
    }

    [Fact]
    public async Task A_busy_app_is_waited_for_a_minute()
    {
        Busy(8);

        Assert.True((await ChangeAsync(Weights(("canary", 25))))!.HasWritten);
        Assert.Equal([(Stable, 75, "stable"), (Canary, 25, "canary"), (Fallback, 0, "previous")], await TableAsync());
    }

    [Fact]
    public async Task An_app_that_stays_busy_is_a_conflict()
    {
        Busy(int.MaxValue);

        Assert.Null(await ChangeAsync(Weights(("canary", 25)), TimeSpan.FromSeconds(60)));

        Assert.Equal(FailureKind.RevisionConflict, Assert.Single(Output.Failures).Kind);
        Assert.Equal([(Stable, 90, "stable"), (Canary, 10, "canary"), (Fallback, 0, "previous")], await TableAsync());
    }

    [Fact]
    public async Task A_label_that_a_second_operator_adds_between_read_and_write_is_kept_and_told()
    {
        SecondOperator((Stable, 90, "stable"), (Canary, 10, "canary"), (Fallback, 0, "previous"), (Idle, 0, "hotfix"));

        var change = await ChangeAsync(Weights(("canary", 25)));

        Assert.Equal([(Stable, 75, "stable"), (Canary, 25, "canary"), (Fallback, 0, "previous"), (Idle, 0, "hotfix")], await TableAsync());
        Assert.Equal([$"{Idle}: - -> 0 % hotfix"], change!.ChangedByOthers);
        Assert.Contains("moved by somebody else", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_somebody_adds_after_the_write_is_told()
    {
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Path = Checkout.Path,
            Skip = 2,
            Before = _ => SetTraffic(Checkout, (Stable, 75, "stable"), (Canary, 25, "canary"), (Fallback, 0, "previous"), (Idle, 0, "hotfix")),
        });

        var change = await ChangeAsync(Weights(("canary", 25)));

        Assert.Equal([$"{Idle}: - -> 0 % hotfix"], change!.ChangedByOthers);
        Assert.Single(Output.Warnings);
    }

    [Fact]
    public async Task Weight_that_somebody_moves_after_the_write_is_no_success()
    {
        Sandbox.Inject(new SandboxFault { Method = "GET", Path = Checkout.Path, Skip = 2, Before = _ => SetTraffic(Checkout, (Stable, 100, "stable")) });

        Assert.Null(await ChangeAsync(Weights(("canary", 25))));

        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.TrafficChanged, failure.Kind);
        Assert.StartsWith("Azure changed the app 'web-checkout', and it could not be read back as it should be", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weight_that_a_second_operator_moves_is_reckoned_with()
    {
        SecondOperator((Stable, 60, "stable"), (Canary, 10, "canary"), (Fallback, 30, "previous"));

        var change = await ChangeAsync(Weights(("canary", 25)));

        Assert.Equal([(Stable, 45, "stable"), (Canary, 25, "canary"), (Fallback, 30, "previous")], await TableAsync());
        Assert.Equal([$"{Stable}: 90 % stable -> 60 % stable", $"{Fallback}: 0 % previous -> 30 % previous"], change!.ChangedByOthers);
    }

    [Fact]
    public async Task Weight_that_a_second_operator_moves_so_that_it_no_longer_fits_is_left_to_the_user()
    {
        SecondOperator((Stable, 60, "stable"), (Canary, 10, "canary"), (Fallback, 30, "previous"));

        Assert.Null(await ChangeAsync(snapshot => WeightEdit.Of(
            [KeyValuePair.Create("canary", 20), KeyValuePair.Create("stable", 80)], null, allowNotReady: false, snapshot)));

        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.TrafficChanged, failure.Kind);
        Assert.Contains($"{Fallback}: 0 % previous -> 30 % previous", failure.Message, StringComparison.Ordinal);
        Assert.Equal([(Stable, 60, "stable"), (Canary, 10, "canary"), (Fallback, 30, "previous")], await TableAsync());
    }

    [Fact]
    public async Task A_second_operator_who_adds_a_label_is_not_undone_by_a_restore()
    {
        var saved = (await ReadAsync(Checkout)).App.Traffic;
        SetTraffic(Checkout, (Stable, 100, "stable"));
        SecondOperator((Stable, 100, "stable"), (Idle, 0, "hotfix"));

        Assert.Null(await ChangeAsync(snapshot => new RestoreEdit(saved, snapshot.App.Traffic, allowNotReady: false)));

        Assert.Equal(FailureKind.TrafficChanged, Assert.Single(Output.Failures).Kind);
        Assert.Equal([(Stable, 100, "stable"), (Idle, 0, "hotfix")], await TableAsync());
    }

    [Fact]
    public async Task A_label_that_a_second_operator_takes_first_is_not_taken_from_him()
    {
        SecondOperator((Stable, 90, "stable"), (Canary, 10, "canary"), (Idle, 0, "next"), (Fallback, 0, "previous"));

        Assert.Null(await ChangeAsync(snapshot => PutLabelEdit.Of("next", Canary, force: false, snapshot.App)));

        Assert.Equal(FailureKind.DuplicateLabel, Assert.Single(Output.Failures).Kind);
        Assert.Contains((Idle, 0, "next"), await TableAsync());
    }

    [Fact]
    public async Task A_label_comes_through_a_lost_answer_and_a_second_operator_together()
    {
        SecondOperator((Stable, 90, "stable"), (Canary, 10, "canary"), (Fallback, 0, "previous"), (Idle, 0, "hotfix"));
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "PATCH" });

        Assert.NotNull(await ChangeAsync(snapshot => PutLabelEdit.Of("next", Canary, force: false, snapshot.App)));

        Assert.Equal(
            ["canary", "hotfix", "next", "previous", "stable"], (await TableAsync()).Select(row => row.Label).Order());
    }

    [Fact]
    public async Task A_table_that_is_as_wanted_by_now_is_not_written_again()
    {
        var plan = new TrafficPlan(await ReadAsync(Checkout), Weights(("canary", 25))(await ReadAsync(Checkout)));
        SetTraffic(Checkout, (Stable, 75, "stable"), (Canary, 25, "canary"), (Fallback, 0, "previous"));
        var writes = Sandbox.WriteCount;

        await new TrafficChanger(Azure, TimeSpan.FromMinutes(5), Output).RunAsync([plan], CancellationToken.None);

        var change = Assert.Single(Output.Results<TrafficChange>());
        Assert.False(change.HasWritten);
        Assert.NotEmpty(change.ChangedByOthers);
        Assert.Equal(writes, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Reads_that_lag_behind_are_waited_for()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Duration = TimeSpan.FromSeconds(30) });

        var change = await ChangeAsync(Weights(("canary", 25)));

        Assert.Equal(25, change!.After.Entries[1].Weight);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_table_with_a_ghost_is_written_without_it_and_Azure_takes_that()
    {
        await PurgeFallbackAsync((Stable, 100, "stable"), (Fallback, 0, "previous"));

        var change = await ChangeAsync(snapshot => PutLabelEdit.Of("next", Canary, force: false, snapshot.App));

        Assert.Equal([(Stable, 100, "stable"), (Canary, 0, "next")], await TableAsync());
        Assert.Contains($"{Fallback}: 0 % previous -> -", change!.Changes);
        Assert.Empty(change.ChangedByOthers);
    }

    [Fact]
    public async Task All_to_one_cures_a_table_whose_ghost_has_weight()
    {
        await PurgeFallbackAsync((Stable, 90, "stable"), (Fallback, 10, "previous"));
        var writes = Sandbox.WriteCount;

        var refusal = await Assert.ThrowsAsync<RevisionToolsException>(() => ChangeAsync(Weights(("canary", 25))));

        Assert.Equal(FailureKind.TrafficTargetNotFound, refusal.Kind);
        Assert.Equal(writes, Sandbox.WriteCount);
        Assert.True((await ChangeAsync(snapshot => new AllToEdit(TrafficTargets.Find("stable", snapshot), allowNotReady: false)))!.HasWritten);
        Assert.Equal([(Stable, 100, "stable")], await TableAsync());
    }

    /// <summary>Lets Azure purge a revision that stands in the table, where its entry stays.</summary>
    private async Task PurgeFallbackAsync(params (string Revision, int Weight, string? Label)[] entries)
    {
        foreach (var name in new[] { Fallback, Idle })
        {
            await Azure.DeactivateRevisionAsync(new RevisionId(Checkout, name), CancellationToken.None);
        }

        SetTraffic(Checkout, entries);
        await Azure.UpdateAppAsync(
            Checkout, (JsonObject)JsonNode.Parse("""{"properties":{"configuration":{"maxInactiveRevisions":1}}}""")!, TimeSpan.FromMinutes(5), CancellationToken.None);
        Sandbox.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null((await ReadAsync(Checkout)).Find(Fallback));
    }

    private void Busy(int times) => Sandbox.Inject(new SandboxFault
    {
        Kind = SandboxFaultKind.Status,
        Status = 409,
        ErrorCode = "ContainerAppOperationInProgress",
        Method = "PATCH",
        Times = times,
    });

    private void SecondOperator(params (string Revision, int Weight, string? Label)[] entries) =>
        Sandbox.Inject(new SandboxFault { Method = "PATCH", Before = _ => StartTraffic(Checkout, entries) });

    private static Func<AppSnapshot, TrafficEdit> Weights(params (string Target, int Weight)[] weights) => snapshot =>
        WeightEdit.Of(weights.Select(pair => KeyValuePair.Create(pair.Target, pair.Weight)), "stable", allowNotReady: false, snapshot);

    private async Task<TrafficChange?> ChangeAsync(Func<AppSnapshot, TrafficEdit> edit, TimeSpan? patience = null)
    {
        var snapshot = await ReadAsync(Checkout);
        await new TrafficChanger(Azure, patience ?? TimeSpan.FromMinutes(5), Output).RunAsync([new TrafficPlan(snapshot, edit(snapshot))], CancellationToken.None);
        return Output.Results<TrafficChange>().SingleOrDefault();
    }

    private async Task<IEnumerable<(string Revision, int Weight, string Label)>> TableAsync() =>
        (await ReadAsync(Checkout)).App.Traffic.Select(entry => (entry.RevisionName!, entry.Weight, entry.Label!));
}
