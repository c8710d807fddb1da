using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Changes;

/// <summary>Switches of the revision mode on the sandbox, from the plan to the end.</summary>
public sealed class ModeChangerTests : SandboxTest
{
    [Fact]
    public async Task Single_mode_is_done_when_the_others_are_seen_to_go_down()
    {
        var app = await ChangeAsync(Shop("web-shop"), RevisionMode.Single);

        var after = await ReadAsync(Shop("web-shop"));
        Assert.Equal("Single", app.RevisionMode);
        Assert.Equal("web-shop--0000030", Assert.Single(after.Revisions, revision => revision.IsStanding).Name);
        Assert.Contains(after.Revisions, revision => revision.Stage == RevisionStage.Deactivating);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task With_a_wait_it_lasts_until_they_are_inactive()
    {
        await ChangeAsync(Shop("web-shop"), RevisionMode.Single, wait: true);

        Assert.Single((await ReadAsync(Shop("web-shop"))).Revisions, revision => revision.Active != false);
    }

    [Fact]
    public async Task A_wait_that_runs_out_names_what_is_not_down()
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ChangeAsync(Shop("web-shop"), RevisionMode.Single, wait: true, patience: 3));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("web-shop--0000001 (Deactivating)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_the_mode_is_set_is_said_also_where_what_follows_cannot_be_read()
    {
        var dark = new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "*/revisions", Skip = 1, Times = int.MaxValue };
        WhenSwitched(() => Sandbox.Inject(dark));

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ChangeAsync(Shop("web-shop"), RevisionMode.Single, wait: true));

        Assert.Equal(FailureKind.AccessDenied, failure.Kind);
        Assert.StartsWith("The app 'web-shop' is in mode Single, and", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Multiple_mode_is_set_and_takes_nothing_down()
    {
        var before = await ReadAsync(Shop("web-landing"));

        var app = await ChangeAsync(Shop("web-landing"), RevisionMode.Multiple);

        Assert.Equal("Multiple", app.RevisionMode);
        Assert.Equal(before.Revisions.Select(revision => revision.Active), (await ReadAsync(Shop("web-landing"))).Revisions.Select(revision => revision.Active));
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task What_comes_up_with_multiple_mode_is_warned_of()
    {
        var old = new RevisionId(Shop("web-landing"), "web-landing--0000002");
        WhenSwitched(() => Act(old, "activate"));

        await ChangeAsync(Shop("web-landing"), RevisionMode.Multiple);

        Assert.Contains("revision 'web-landing--0000002' was Inactive and is", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_that_moved_to_an_old_revision_since_the_plan_stops_it()
    {
        var plan = await PlanAsync(Shop("web-shop"), RevisionMode.Single);
        SetTraffic(Shop("web-shop"), ("web-shop--0000003", 100, null));
        Sandbox.ClearRequests();

        var failure = await Assert.ThrowsAsync<RevisionProtectedException>(() => ChangeAsync(plan));

        Assert.Equal([Interlock.CarriesTraffic], failure.Interlocks);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Traffic_that_somebody_moves_while_the_app_is_busy_is_seen_before_the_call_is_tried_again()
    {
        var plan = await PlanAsync(Shop("web-shop"), RevisionMode.Single);
        Sandbox.Inject(new SandboxFault { Method = "PATCH", Before = _ => StartTraffic(Shop("web-shop"), ("web-shop--0000003", 100, null)) });

        await Assert.ThrowsAsync<RevisionProtectedException>(() => ChangeAsync(plan));

        Assert.Equal("Multiple", (await ReadAsync(Shop("web-shop"))).App.RevisionMode);
    }

    [Fact]
    public async Task A_switch_whose_answer_was_lost_is_found_to_have_taken_effect()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.TimeoutAfterWrite, Method = "PATCH" });

        var app = await ChangeAsync(Shop("web-shop"), RevisionMode.Single);

        Assert.Equal("Single", app.RevisionMode);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Somebody_elses_change_is_reported()
    {
        var plan = await PlanAsync(Shop("web-landing"), RevisionMode.Multiple);
        WhenSwitched(() => SetTraffic(Shop("web-landing"), ("web-landing--0000006", 100, "stable")));

        await ChangeAsync(plan);

        Assert.Contains("'configuration.ingress.traffic' is not what it was", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Lets something happen when the operation is over, and before it is read back.</summary>
    private void WhenSwitched(Action action) => Sandbox.Inject(new SandboxFault
    {
        Method = "PATCH",
        After = _ =>
        {
            Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
            action();
        },
    });

    private void Act(RevisionId id, string action)
    {
        using var somebody = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://management.azure.com{id.Path}/{action}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        using var response = somebody.Send(request);
        response.EnsureSuccessStatusCode();
    }

    private async Task<ModePlan> PlanAsync(ContainerAppId app, RevisionMode mode) => ModePlan.Of(await ReadAsync(app), mode);

    private async Task<ContainerApp> ChangeAsync(ContainerAppId app, RevisionMode mode, bool wait = false, int patience = 300) =>
        await ChangeAsync(await PlanAsync(app, mode), wait, patience);

    private Task<ContainerApp> ChangeAsync(ModePlan plan, bool wait = false, int patience = 300)
    {
        var span = TimeSpan.FromSeconds(patience);
        return new ModeChanger(Azure, new ModeChangeOptions { Patience = span, WaitTimeout = wait ? span : null, Random = new Random(1) }, Output)
            .ChangeAsync(plan, CancellationToken.None);
    }
}
