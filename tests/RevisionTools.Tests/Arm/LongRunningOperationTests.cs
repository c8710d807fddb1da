using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class LongRunningOperationTests
{
    private const string Status = "https://management.azure.com/op/status?c=secret";
    private const string Why = "Azure has accepted an operation, and how it goes is asked then";
    private const string Result = "https://management.azure.com/op/result?c=secret";

    [Fact]
    public async Task A_put_that_created_is_followed_by_its_status()
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler()
            .Then(201, """{"properties":{"provisioningState":"InProgress"}}""", ("Azure-AsyncOperation", Status), ("Retry-After", "5"))
            .Then(200, """{"status":"InProgress"}""", ("Retry-After", "9"))
            .Then(200, """{"status":"SomethingNew"}""", ("Azure-AsyncOperation", Status + "&t=2"))
            .Then(200, """{"status":"Succeeded"}""");

        await RunAsync(handler, RequestMethod.Put, clock);

        Assert.Equal([Status, Status, Status + "&t=2"], handler.Requests.Skip(1).Select(request => request.Uri.AbsoluteUri));
        Assert.Equal([5, 9, 5], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Each_pause_is_told_before_it_begins_and_without_the_query()
    {
        var clock = new AutoClock();
        var told = new List<(ArmPauseRecord Record, int Waits)>();
        var handler = new ScriptedHandler()
            .Then(202, null, ("Azure-AsyncOperation", Status), ("Retry-After", "7"))
            .Then(200, """{"status":"InProgress"}""")
            .Then(200, """{"status":"Succeeded"}""");

        await RunAsync(handler, RequestMethod.Patch, clock, record =>
        {
            told.Add((record, clock.Waits.Count));
            return ValueTask.CompletedTask;
        });

        Assert.Equal(
            [(new("GET", "/op/status", 1, TimeSpan.FromSeconds(7), Why), 0), (new("GET", "/op/status", 1, TimeSpan.FromSeconds(5), Why), 1)], told);
    }

    [Fact]
    public async Task With_both_addresses_the_status_is_asked()
    {
        var handler = new ScriptedHandler().Then(202, null, ("Location", Result), ("Azure-AsyncOperation", Status)).Then(200, """{"status":"succeeded"}""");

        await RunAsync(handler, RequestMethod.Patch);

        Assert.Equal(Status, handler.Requests[1].Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(200, "")]
    [InlineData(200, "{\"name\":\"web\"}")]
    [InlineData(200, "{\"status\":\"Succeeded\"}")]
    public async Task A_location_ends_when_it_no_longer_says_accepted(int status, string? body)
    {
        var handler = new ScriptedHandler().Then(202, null, ("Location", Result)).Then(202).Then(status, body);

        await RunAsync(handler, RequestMethod.Delete);

        Assert.Equal([Result, Result], handler.Requests.Skip(1).Select(request => request.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task An_answer_without_an_operation_is_the_end(int status)
    {
        var handler = new ScriptedHandler().Then(status);

        await RunAsync(handler, RequestMethod.Put);

        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Canceled")]
    public async Task A_failed_operation_says_so_in_the_words_of_the_service(string status)
    {
        var body = Fixture.Read("operation-failed.json").Replace("\"Failed\"", $"\"{status}\"", StringComparison.Ordinal);
        var handler = new ScriptedHandler().Then(202, null, ("Azure-AsyncOperation", Status)).Then(200, body, ("x-ms-request-id", "r-9"));

        var failure = await FailureOfAsync(handler);

        Assert.Equal((FailureKind.OperationFailed, "ContainerAppOperationError", "r-9"), (failure.Kind, failure.ErrorCode, failure.CorrelationId));
        Assert.Contains("Failed to provision revision for container app 'web'. Error details: Operation expired.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ArmTestClient.App.Path, failure.ResourceId);
        Assert.False(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task A_failed_operation_does_not_say_the_token()
    {
        var failure = await FailureOfAsync(new ScriptedHandler().Then(202, null, ("Location", Result)).Then(200, """{"status":"Failed","error":{"code":"x","message":"token-of-the-test"}}"""));

        Assert.EndsWith("ended as Failed. x: ***", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_operation_may_have_no_words()
    {
        var failure = await FailureOfAsync(new ScriptedHandler().Then(202, null, ("Location", Result)).Then(200, """{"status":"Failed"}"""));

        Assert.Equal((FailureKind.OperationFailed, null), (failure.Kind, failure.ErrorCode));
    }

    [Fact]
    public async Task The_time_that_azure_gives_the_operation_bounds_the_wait()
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler()
            .Then(202, null, ("Azure-AsyncOperation", Status), ("x-ms-async-operation-timeout", "PT1M"))
            .Always(_ => ScriptedHandler.Answer(200, """{"status":"InProgress"}""", ("Retry-After", "25")));

        var failure = await FailureOfAsync(handler, clock);

        Assert.Equal((FailureKind.RevisionWaitTimeout, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.Equal(TimeSpan.FromMinutes(1), clock.Elapsed);
    }

    [Theory]
    [InlineData("Location")]
    [InlineData("Azure-AsyncOperation")]
    public async Task An_operation_that_points_to_another_host_is_refused_and_its_outcome_unknown(string header)
    {
        var handler = new ScriptedHandler().Then(202, null, (header, "https://evil.example.net/op"));

        var failure = await FailureOfAsync(handler);

        Assert.Equal((FailureKind.ServiceResponseInvalid, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_fresh_location_that_points_to_another_host_is_refused()
    {
        var handler = new ScriptedHandler().Then(202, null, ("Location", Result)).Then(202, null, ("Location", "http://management.azure.com/op"));

        var failure = await FailureOfAsync(handler);

        Assert.Equal((FailureKind.ServiceResponseInvalid, 2), (failure.Kind, handler.Requests.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"status\":\"Succ")]
    [InlineData("")]
    public async Task A_status_that_cannot_be_read_leaves_the_outcome_unknown(string body)
    {
        var failure = await FailureOfAsync(new ScriptedHandler().Then(202, null, ("Azure-AsyncOperation", Status)).Then(200, body));

        Assert.Equal((FailureKind.ServiceResponseInvalid, true), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task An_accepted_write_that_does_not_say_where_to_ask_has_an_unknown_outcome()
    {
        var failure = await FailureOfAsync(new ScriptedHandler().Then(202));

        Assert.Equal((FailureKind.ServiceResponseInvalid, true), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_lost_connection_while_asking_leaves_the_outcome_unknown()
    {
        var handler = new ScriptedHandler().Then(202, null, ("Azure-AsyncOperation", Status)).Always(_ => throw new HttpRequestException("gone"));

        var failure = await FailureOfAsync(handler);

        Assert.Equal((FailureKind.ConnectionFailed, true, ArmTestClient.App.Path), (failure.Kind, failure.OutcomeUnknown, failure.ResourceId));
    }

    [Fact]
    public async Task Passing_trouble_while_asking_is_waited_out()
    {
        var handler = new ScriptedHandler().Then(202, null, ("Azure-AsyncOperation", Status)).Then(503).Then(200, """{"status":"Succeeded"}""");

        await RunAsync(handler, RequestMethod.Patch);

        Assert.Equal(3, handler.Requests.Count);
    }

    private static async Task RunAsync(ScriptedHandler handler, RequestMethod method, TimeProvider? time = null, Func<ArmPauseRecord, ValueTask>? log = null)
    {
        time ??= new AutoClock();
        var requester = ArmTestClient.Create(handler, time).Requester;
        using var accepted = await requester.SendAsync(method, requester.Address(ArmTestClient.App.Path, "2026-01-01"), null, default);
        await new LongRunningOperation(requester, time, log).WaitAsync(accepted, TimeSpan.MaxValue, default);
    }

    private static Task<ServiceRequestException> FailureOfAsync(ScriptedHandler handler, TimeProvider? time = null) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => RunAsync(handler, RequestMethod.Patch, time));
}
