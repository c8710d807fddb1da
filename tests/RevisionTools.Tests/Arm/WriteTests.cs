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
    public async Task A_patch_is_sent_and_followed_to_its_end()
    {
        var handler = new ScriptedHandler()
            .Then(202, null, ("Location", "https://management.azure.com/op/1?t=1"), ("Retry-After", "5"))
            .Then(202, null, ("Location", "https://management.azure.com/op/1?t=2"))
            .Then(200, Fixture.Read("app-with-unknown-fields.json"));

        await ArmTestClient.Create(handler).UpdateAppAsync(ArmTestClient.App, Patch(), TimeSpan.MaxValue, default);

        Assert.Equal(["PATCH", "GET", "GET"], handler.Requests.Select(request => request.Method));
        Assert.Equal("""{"properties":{"configuration":{"maxInactiveRevisions":5}}}""", handler.Requests[0].Body);
        Assert.Equal("application/json", handler.Requests[0].ContentType);
        Assert.Equal(["/op/1?t=1", "/op/1?t=2"], handler.Requests.Skip(1).Take(2).Select(request => request.Uri.PathAndQuery));
    }

    [Theory]
    [InlineData("ContainerAppOperationInProgress")]
    [InlineData("ContainerAppLockConflict")]
    public async Task A_patch_that_an_operation_is_in_the_way_of_is_not_sent_again(string code)
    {
        var busy = Fixture.Read("error-busy.json").Replace("ContainerAppOperationInProgress", code, StringComparison.Ordinal);
        var handler = new ScriptedHandler().Then(409, busy);

        var failure = await FailureOfUpdateAsync(handler);

        Assert.Equal((FailureKind.RevisionConflict, code, true, false), (failure.Kind, failure.ErrorCode, failure.AppIsBusy, failure.OutcomeUnknown));
        Assert.False(string.IsNullOrEmpty(failure.OperationId));
        Assert.Contains(failure.OperationId!, failure.Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Other_conflicts_are_final()
    {
        var handler = new ScriptedHandler().Then(409, """{"error":{"code":"Conflict","message":"x"}}""");

        var failure = await FailureOfUpdateAsync(handler);

        Assert.Equal((FailureKind.RevisionChanged, 1), (failure.Kind, handler.Requests.Count));
    }

    [Fact]
    public async Task An_operation_that_cannot_be_followed_leaves_the_outcome_unknown()
    {
        var failure = await FailureOfUpdateAsync(new ScriptedHandler().Then(202, null, ("Location", "https://management.azure.com/op/1")).Then(403));

        Assert.Equal((FailureKind.AccessDenied, true), (failure.Kind, failure.OutcomeUnknown));
    }

    private static JsonObject Patch() =>
        new() { ["properties"] = new JsonObject { ["configuration"] = new JsonObject { ["maxInactiveRevisions"] = 5 } } };

    private static Task<ServiceRequestException> FailureOfUpdateAsync(ScriptedHandler handler, TimeProvider? time = null) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler, time).UpdateAppAsync(ArmTestClient.App, Patch(), TimeSpan.MaxValue, default));
}
