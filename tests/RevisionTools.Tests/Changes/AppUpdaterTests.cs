using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Changes;

/// <summary>Changes of an app from plan to read-back, on the sandbox.</summary>
public sealed class AppUpdaterTests : SandboxTest
{
    private static readonly TrafficEntry[] s_wanted =
        [new() { RevisionName = "web-checkout--v2-14", Weight = 60, Label = "stable" }, new() { RevisionName = "web-checkout--v2-15", Weight = 40, Label = "canary" }];

    private int _plans;

    [Fact]
    public async Task A_change_is_planned_on_a_fresh_read_sent_once_and_read_back()
    {
        var update = await ApplyAsync();

        Assert.True(update.HasWritten);
        Assert.NotEqual(s_wanted, update.Before.App.Traffic);
        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.Empty(update.SideEffects);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task What_is_as_wanted_already_is_not_written()
    {
        await ApplyAsync();
        var update = await ApplyAsync();

        Assert.False(update.HasWritten);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task What_the_plan_refuses_is_not_written()
    {
        var refusal = new RevisionToolsException(FailureKind.InvalidTrafficSum, "No.");

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => Updater().ApplyAsync(Shop("web-checkout"), _ => throw refusal, default));

        Assert.Same(refusal, failure);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite)]
    public async Task A_change_whose_answer_was_lost_is_found_and_not_sent_again(SandboxFaultKind kind)
    {
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "PATCH" });

        var update = await ApplyAsync();

        Assert.True(update.HasWritten);
        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.NotEqual("InProgress", update.After.App.ProvisioningState);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_change_that_never_arrived_is_sent_again()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Timeout, Method = "PATCH", Times = 2 });

        var update = await ApplyAsync();

        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.Equal(3, Sandbox.Requests.Count(request => request.Method == "PATCH"));
    }

    [Fact]
    public async Task A_lost_change_that_cannot_be_looked_at_is_called_unknown()
    {
        var dark = new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Times = int.MaxValue };
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "PATCH", After = sandbox => sandbox.Inject(dark) });

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(ApplyAsync);

        Assert.Equal((FailureKind.ConnectionFailed, true), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_busy_app_is_waited_for()
    {
        Busy(times: 5);
        var started = Sandbox.Clock.GetUtcNow();

        var update = await ApplyAsync();

        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.True(Sandbox.Clock.GetUtcNow() - started > TimeSpan.FromSeconds(20));
        Assert.Equal(7, _plans);
    }

    [Fact]
    public async Task An_app_that_stays_busy_is_given_up_with_the_operation_that_is_in_the_way()
    {
        Busy(times: int.MaxValue);
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(ApplyAsync);

        Assert.Equal((FailureKind.RevisionConflict, "op-1"), (failure.Kind, failure.OperationId));
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task What_somebody_else_changes_between_read_and_write_is_read_before_the_change_is_sent_again()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.SecondOperator,
            Method = "PATCH",
            Intervention = new SandboxIntervention
            {
                Method = "PATCH",
                Path = Shop("web-checkout").Path,
                Body = """{"properties":{"configuration":{"maxInactiveRevisions":7}}}""",
            },
        });

        var update = await ApplyAsync();

        Assert.Equal(7, update.After.App.MaxInactiveRevisions);
        Assert.Equal(7, update.Before.App.MaxInactiveRevisions);
        Assert.Empty(update.SideEffects);
        Assert.Equal(s_wanted, update.After.App.Traffic);
    }

    [Fact]
    public async Task What_somebody_else_changes_before_the_read_back_is_told()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.SecondOperator,
            Method = "GET",
            Path = "*/web-checkout/revisions",
            Skip = 1,
            Intervention = new SandboxIntervention { Method = "POST", Path = Shop("web-checkout").Path + "/revisions/web-checkout--v2-10/deactivate" },
        });

        var update = await ApplyAsync();

        Assert.Contains("revision 'web-checkout--v2-10' was Ready and is Deactivating", update.SideEffects);
    }

    [Fact]
    public async Task Reads_that_lag_behind_are_waited_for()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Duration = TimeSpan.FromSeconds(40) });

        var update = await ApplyAsync();

        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task An_accepted_change_that_never_shows_is_not_called_done()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Duration = TimeSpan.FromMinutes(10) });

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(ApplyAsync);

        Assert.Equal(FailureKind.RevisionChanged, failure.Kind);
    }

    [Fact]
    public async Task An_operation_that_fails_is_told_in_Azures_words()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationFails, Method = "PATCH", ErrorMessage = "No luck." });

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(ApplyAsync);

        Assert.Equal(FailureKind.OperationFailed, failure.Kind);
        Assert.Contains("No luck. The app shows the change all the same.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_fails_unseen_is_not_called_done()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationFails, Method = "PATCH", ErrorMessage = "No luck." });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Path = "containerappOperationStatuses", Times = int.MaxValue });

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(ApplyAsync);

        Assert.Equal(FailureKind.OperationFailed, failure.Kind);
        Assert.Contains("shows the change all the same", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_does_not_end_is_followed_as_long_as_the_patience_lasts()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH" });
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(ApplyAsync);

        Assert.Equal((FailureKind.RevisionWaitTimeout, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task A_change_that_got_lost_with_its_operation_under_way_is_only_called_done_when_that_has_ended()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Path = "containerappOperationStatuses", Times = int.MaxValue });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH", Duration = TimeSpan.FromSeconds(90) });

        var update = await ApplyAsync();

        Assert.Equal("Succeeded", update.After.App.ProvisioningState);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    private void Busy(int times) => Sandbox.Inject(new SandboxFault
    {
        Kind = SandboxFaultKind.Status,
        Status = 409,
        Method = "PATCH",
        ErrorCode = "ContainerAppOperationInProgress",
        ErrorMessage = "Cannot modify a container app 'web-checkout' because there is an active provisioning operation in progress. OperationId: 'op-1'",
        Times = times,
    });

    private Task<AppUpdate> ApplyAsync() => Updater().ApplyAsync(Shop("web-checkout"), Plan, CancellationToken.None);

    private JsonObject? Plan(AppState state)
    {
        _plans++;
        return state.App.Traffic.SequenceEqual(s_wanted) ? null : TrafficPatch.Of(s_wanted);
    }

    private AppUpdater Updater() =>
        new(Azure, new AppUpdateOptions { Activity = "Changing", Patience = TimeSpan.FromMinutes(2), Random = new Random(1) }, Output);
}
