using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Changes;

/// <summary>What is said of a change whose answer was lost, once the patience has ended or after it was sent again.</summary>
public sealed class LostAnswerTests : SandboxTest
{
    private static readonly TrafficEntry[] s_wanted =
        [new() { RevisionName = "web-checkout--v2-14", Weight = 60, Label = "stable" }, new() { RevisionName = "web-checkout--v2-15", Weight = 40, Label = "canary" }];

    private int Patches => Sandbox.Requests.Count(request => request.Method == "PATCH");

    [Fact]
    public async Task A_change_that_never_arrives_is_not_called_done_when_the_patience_ends()
    {
        var before = (await ReadAsync(Shop("web-checkout"))).App.Traffic;
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "PATCH", Times = int.MaxValue });

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ApplyAsync(TimeSpan.FromMinutes(2)));

        Assert.Equal((FailureKind.ConnectionFailed, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.Equal(before, (await ReadAsync(Shop("web-checkout"))).App.Traffic);
        Assert.True(Patches > 1);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_change_that_is_there_is_called_done_also_when_no_time_is_left_for_another_try()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.ConnectionResetAfterWrite,
            Method = "PATCH",
            After = sandbox => sandbox.Clock.Advance(TimeSpan.FromMinutes(1)),
        });

        var update = await ApplyAsync(TimeSpan.FromSeconds(1));

        Assert.True(update.HasWritten);
        Assert.Equal(s_wanted, update.After.App.Traffic);
        Assert.Equal((1, 1), (Patches, Sandbox.WriteCount));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_lost_change_whose_operation_does_not_end_is_looked_at_as_long_as_the_patience_lasts(int minutes)
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Path = "containerappOperationStatuses", Times = int.MaxValue });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH" });
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ApplyAsync(TimeSpan.FromMinutes(minutes)));

        Assert.True(failure.OutcomeUnknown);
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(15));
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task What_the_app_was_before_is_what_was_read_before_the_first_try_also_when_another_was_needed()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Timeout,
            Method = "PATCH",
            Intervention = new SandboxIntervention { Method = "POST", Path = Shop("web-checkout").Path + "/revisions/web-checkout--v2-10/deactivate" },
        });

        var update = await ApplyAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2, Patches);
        Assert.Equal(RevisionStage.Ready, update.Before.Snapshot.Find("web-checkout--v2-10")!.Stage);
        Assert.Contains(update.SideEffects, effect => effect.StartsWith("revision 'web-checkout--v2-10' was Ready and is", StringComparison.Ordinal));
    }

    private Task<AppUpdate> ApplyAsync(TimeSpan patience) =>
        new AppUpdater(Azure, new AppUpdateOptions { Activity = "Changing", Patience = patience, Random = new Random(1) }, Output)
            .ApplyAsync(Shop("web-checkout"), Plan, CancellationToken.None);

    private static JsonObject? Plan(AppState state) => state.App.Traffic.SequenceEqual(s_wanted) ? null : TrafficPatch.Of(s_wanted);
}
