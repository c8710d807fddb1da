using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class SendOnceTests
{
    private const string Done = "\"Deactivate succeeded\"";

    [Theory]
    [InlineData(true, 408, true)]
    [InlineData(true, 429, false)]
    [InlineData(true, 503, true)]
    [InlineData(false, 409, false)]
    [InlineData(false, 500, true)]
    [InlineData(false, 504, true)]
    public async Task A_change_of_state_that_failed_is_not_sent_again(bool activate, int status, bool unknown)
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Then(status);

        var failure = await FailureOfAsync(ArmTestClient.Create(handler, clock), activate);

        Assert.Equal((status, unknown, null), (failure.Status, failure.OutcomeUnknown, failure.RetryAfter));
        Assert.Single(handler.Requests);
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    public async Task A_change_of_state_is_not_sent_again_after_a_lost_connection(HttpRequestError error, bool unknown)
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().ThenThrow(new HttpRequestException(error, "x"));

        var failure = await FailureOfAsync(ArmTestClient.Create(handler, clock));

        Assert.Equal((FailureKind.ConnectionFailed, unknown), (failure.Kind, failure.OutcomeUnknown));
        Assert.Single(handler.Requests);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_change_of_state_is_not_sent_again_with_a_new_token()
    {
        // {"access_token":{"nbf":{"essential":true,"value":"1"}}}
        const string Challenge =
            "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxIn19fQ==\"";
        var handler = new ScriptedHandler().Then(401, null, ("WWW-Authenticate", Challenge)).Then(200, Fixture.Read("app-with-unknown-fields.json"));
        var client = ArmTestClient.Create(handler);

        var failure = await FailureOfAsync(client);
        await client.GetAppAsync(ArmTestClient.App, default);

        Assert.Equal((FailureKind.AuthenticationFailed, false), (failure.Kind, failure.OutcomeUnknown));
        Assert.True(failure.TokenIsRenewed);
        Assert.Equal(["deactivate", "web"], handler.Requests.Select(request => request.Uri.Segments[^1]));
    }

    [Theory]
    [InlineData(409, "ContainerAppOperationInProgress", true)]
    [InlineData(409, "containerapplockconflict", true)]
    [InlineData(409, "Conflict", false)]
    [InlineData(412, "ContainerAppOperationInProgress", false)]
    public async Task A_busy_app_is_told_from_other_conflicts(int status, string code, bool busy)
    {
        var handler = new ScriptedHandler().Then(status, $$$"""{"error":{"code":"{{{code}}}","message":"x"}}""");

        var failure = await FailureOfAsync(ArmTestClient.Create(handler));

        Assert.Equal((busy ? FailureKind.RevisionConflict : FailureKind.RevisionChanged, busy), (failure.Kind, failure.AppIsBusy));
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(429, "17")]
    [InlineData(503, "17")]
    [InlineData(503, "Thu, 20 Nov 2025 12:00:17 GMT")]
    public async Task Nothing_is_sent_while_azure_wants_to_be_left_alone(int status, string retryAfter)
    {
        var clock = new ManualClock();
        var handler = new ScriptedHandler().Then(status, null, ("Retry-After", retryAfter)).Then(200, Done);
        var client = ArmTestClient.Create(handler, clock);

        var answered = await FailureOfAsync(client);
        clock.Advance(TimeSpan.FromSeconds(7));
        var heldBack = await FailureOfAsync(client, activate: true);

        Assert.Equal((status, TimeSpan.FromSeconds(17)), (answered.Status, answered.RetryAfter));
        Assert.Equal((FailureKind.RequestThrottled, 0, false), (heldBack.Kind, heldBack.Status, heldBack.OutcomeUnknown));
        Assert.InRange(heldBack.RetryAfter!.Value, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.Equal(ArmTestClient.Revision.Path, heldBack.ResourceId);
        Assert.Single(handler.Requests);
        Assert.Empty(clock.Waits);

        clock.Advance(heldBack.RetryAfter.Value);
        await client.ActivateRevisionAsync(ArmTestClient.Revision, default);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_change_of_the_app_does_not_pass_the_gate_that_a_change_of_state_has_closed()
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Then(429, null, ("Retry-After", "17"));
        var client = ArmTestClient.Create(handler, clock);

        await FailureOfAsync(client);
        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.UpdateAppAsync(ArmTestClient.App, [], TimeSpan.MaxValue, default));

        Assert.Equal(FailureKind.RequestThrottled, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(18));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_wait_beyond_all_patience_is_told_and_holds_nobody_back()
    {
        var handler = new ScriptedHandler().Then(429, null, ("Retry-After", "3600")).Then(200, Done);
        var client = ArmTestClient.Create(handler);

        var failure = await FailureOfAsync(client);
        await client.DeactivateRevisionAsync(ArmTestClient.Revision, default);

        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
    }

    [Fact]
    public async Task A_read_that_is_refused_tells_how_long_to_wait_too()
    {
        var handler = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(503, null, ("Retry-After", "9")));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(
            () => ArmTestClient.Create(handler).GetRevisionAsync(ArmTestClient.Revision, default));

        Assert.Equal((TimeSpan.FromSeconds(9), 5), (failure.RetryAfter, handler.Requests.Count));
    }

    private static Task<ServiceRequestException> FailureOfAsync(ContainerAppsClient client, bool activate = false) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => activate
            ? client.ActivateRevisionAsync(ArmTestClient.Revision, default)
            : client.DeactivateRevisionAsync(ArmTestClient.Revision, default));
}
