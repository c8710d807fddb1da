using System.Text.Json.Nodes;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class WriteTests
{
    [Theory]
    [InlineData("activate", "\"Activate succeeded\"")]
    [InlineData("deactivate", "\"Something else entirely\"")]
    [InlineData("restart", "")]
    public async Task An_action_is_an_empty_post_whose_answer_may_say_anything(string action, string answer)
    {
        var handler = new ScriptedHandler().Then(200, answer);
        var client = ArmTestClient.Create(handler);

        await (action switch
        {
            "activate" => client.ActivateRevisionAsync(ArmTestClient.Revision, default),
            "deactivate" => client.DeactivateRevisionAsync(ArmTestClient.Revision, default),
            _ => client.RestartRevisionAsync(ArmTestClient.Revision, default),
        });

        var request = Assert.Single(handler.Requests);
        Assert.Equal($"POST {ArmTestClient.Revision.Path}/{action}?api-version=2026-01-01", request.ToString());
        Assert.True(string.IsNullOrEmpty(request.Body));
        Assert.Equal("RevisionTools/1.2.3", request.UserAgent?.Split(' ')[0]);
    }

    [Fact]
    public async Task A_patch_is_sent_followed_and_read_back()
    {
        var handler = new ScriptedHandler()
            .Then(202, null, ("Location", "https://management.azure.com/op/1?t=1"), ("Retry-After", "5"))
            .Then(202, null, ("Location", "https://management.azure.com/op/1?t=2"))
            .Then(200, Fixture.Read("app-with-unknown-fields.json"))
            .Then(200, Fixture.Read("app-with-unknown-fields.json"));

        var app = await ArmTestClient.Create(handler).UpdateAppAsync(ArmTestClient.App, Patch(), default);

        Assert.Equal("web", app.Name);
        Assert.Equal(["PATCH", "GET", "GET", "GET"], handler.Requests.Select(request => request.Method));
        Assert.Equal("""{"properties":{"configuration":{"maxInactiveRevisions":5}}}""", handler.Requests[0].Body);
        Assert.Equal("application/json", handler.Requests[0].ContentType);
        Assert.Equal(["/op/1?t=1", "/op/1?t=2"], handler.Requests.Skip(1).Take(2).Select(request => request.Uri.PathAndQuery));
        Assert.Equal(handler.Requests[0].Uri, handler.Requests[3].Uri);
    }

    [Theory]
    [InlineData("ContainerAppOperationInProgress")]
    [InlineData("ContainerAppLockConflict")]
    public async Task A_write_waits_for_the_operation_of_somebody_else(string code)
    {
        var clock = new AutoClock();
        var busy = Fixture.Read("error-busy.json").Replace("ContainerAppOperationInProgress", code, StringComparison.Ordinal);
        var handler = new ScriptedHandler().Then(409, busy).Then(409, busy).Then(200, "{}").Then(200, Fixture.Read("app-with-unknown-fields.json"));

        await ArmTestClient.Create(handler, clock).UpdateAppAsync(ArmTestClient.App, Patch(), default);

        Assert.Equal(["PATCH", "PATCH", "PATCH", "GET"], handler.Requests.Select(request => request.Method.ToString()));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(13));
    }

    [Fact]
    public async Task A_write_gives_up_when_the_app_stays_busy()
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(409, Fixture.Read("error-busy.json")));

        var failure = await FailureOfUpdateAsync(handler, clock);

        Assert.Equal((FailureKind.RevisionChanged, "ContainerAppOperationInProgress", false), (failure.Kind, failure.ErrorCode, failure.OutcomeUnknown));
        Assert.InRange(clock.Elapsed, TimeSpan.FromMinutes(2.5), TimeSpan.FromMinutes(3));
        Assert.InRange(handler.Requests.Count, 8, 20);
    }

    [Fact]
    public async Task Other_conflicts_are_final()
    {
        var handler = new ScriptedHandler().Then(409, """{"error":{"code":"Conflict","message":"x"}}""");

        var failure = await FailureOfUpdateAsync(handler);

        Assert.Equal((FailureKind.RevisionChanged, 1), (failure.Kind, handler.Requests.Count));
    }

    [Fact]
    public async Task A_read_back_that_fails_leaves_the_outcome_unknown()
    {
        var failure = await FailureOfUpdateAsync(new ScriptedHandler().Then(200, "{}").Then(403));

        Assert.Equal((FailureKind.AccessDenied, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.Contains("Microsoft.App/containerApps/read", failure.Message, StringComparison.Ordinal);
    }

    private static JsonObject Patch() =>
        new() { ["properties"] = new JsonObject { ["configuration"] = new JsonObject { ["maxInactiveRevisions"] = 5 } } };

    private static Task<ServiceRequestException> FailureOfUpdateAsync(ScriptedHandler handler, TimeProvider? time = null) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler, time).UpdateAppAsync(ArmTestClient.App, Patch(), default));
}
