using System.Net.Sockets;
using Azure.Core;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class RetryTests
{
    private const string Empty = """{"value":[]}""";

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Passing_trouble_is_waited_out(int status)
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Then(status).Then(status).Then(200, Empty);

        await ArmTestClient.Create(handler, clock).ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(3, handler.Requests.Count);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task After_four_retries_the_last_answer_counts()
    {
        var handler = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(429, """{"error":{"code":"SubscriptionRequestsThrottled","message":"Wait."}}"""));

        var failure = await FailureOfReadingAsync(handler);

        Assert.Equal((FailureKind.RequestThrottled, "SubscriptionRequestsThrottled"), (failure.Kind, failure.ErrorCode));
        Assert.Equal(5, handler.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task Other_refusals_are_final(int status)
    {
        var handler = new ScriptedHandler().Then(status);

        await FailureOfReadingAsync(handler);

        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(429, "17", 17)]
    [InlineData(503, "17", 17)]
    [InlineData(500, "17", 17)]
    [InlineData(429, "Thu, 20 Nov 2025 12:00:25 GMT", 25)]
    public async Task The_service_says_how_long_to_wait(int status, string retryAfter, int seconds)
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Then(status, null, ("Retry-After", retryAfter)).Then(200, Empty);

        await ArmTestClient.Create(handler, clock).ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 2));
    }

    [Fact]
    public async Task A_wait_beyond_all_patience_is_reported_at_once()
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler().Then(429, null, ("Retry-After", "3600")).Then(200, Empty);
        var client = ArmTestClient.Create(handler, clock);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync());
        await client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal((FailureKind.RequestThrottled, TimeSpan.Zero), (failure.Kind, clock.Elapsed));
    }

    [Fact]
    public async Task Calls_of_one_class_wait_together_and_the_other_class_goes_on()
    {
        var clock = new ManualClock();
        var throttled = true;
        var handler = new ScriptedHandler().Always(request => request.Method == HttpMethod.Get && Volatile.Read(ref throttled)
            ? ScriptedHandler.Answer(429, null, ("Retry-After", "30"))
            : ScriptedHandler.Answer(200, request.Method == HttpMethod.Get ? Empty : "\"Activate succeeded\""));
        var client = ArmTestClient.Create(handler, clock);
        var first = client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();
        await clock.UntilWaitsAsync(1);
        Volatile.Write(ref throttled, false);

        List<Task> others = [.. Enumerable.Range(0, 8).Select(_ => client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync())];
        await clock.UntilWaitsAsync(9);
        await client.ActivateRevisionAsync(ArmTestClient.Revision, default).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["GET", "POST"], handler.Requests.Select(request => request.Method));
        Assert.All(others, task => Assert.False(task.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll([first, .. others]);
        Assert.Equal(11, handler.Requests.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        var handler = new ScriptedHandler()
            .ThenThrow(new HttpRequestException(HttpRequestError.ConnectionError, "refused"))
            .Then((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) }))
            .Then(200, Empty);

        await ArmTestClient.Create(handler).ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task No_answer_at_all_is_a_failed_connection()
    {
        var handler = new ScriptedHandler().Always(_ =>
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "x", new SocketException(11001, "no such host\u001b[0m")));

        var failure = await FailureOfReadingAsync(handler);

        Assert.Equal((FailureKind.ConnectionFailed, 0), (failure.Kind, failure.Status));
        Assert.Contains("no such host", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Equal(5, handler.Requests.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public async Task The_outcome_of_a_write_is_unknown_once_it_may_have_been_sent(HttpRequestError error, bool unknown)
    {
        var handler = new ScriptedHandler().Always(_ => throw new HttpRequestException(error, "x"));

        var failure = await FailureOfWritingAsync(handler);

        Assert.Equal((FailureKind.ConnectionFailed, unknown), (failure.Kind, failure.OutcomeUnknown));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(408, true)]
    [InlineData(429, false)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    public async Task The_outcome_of_a_write_is_unknown_when_the_service_had_trouble(int status, bool unknown)
    {
        var failure = await FailureOfWritingAsync(new ScriptedHandler().Always(_ => ScriptedHandler.Answer(status)));

        Assert.Equal(unknown, failure.OutcomeUnknown);
    }

    [Fact]
    public async Task A_refusal_after_a_try_that_may_have_worked_leaves_the_outcome_unknown()
    {
        var handler = new ScriptedHandler().ThenThrow(new HttpRequestException(HttpRequestError.ResponseEnded, "x")).Then(404);

        var failure = await FailureOfWritingAsync(handler);

        Assert.Equal((FailureKind.ContainerAppNotFound, true), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_success_that_is_no_json_leaves_the_outcome_unknown()
    {
        var failure = await FailureOfActingAsync(new ScriptedHandler().Then(200, "<html>Sign in to the airport</html>"));

        Assert.Equal((FailureKind.ServiceResponseInvalid, true), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_time_out_of_the_network_is_a_failed_connection()
    {
        var handler = new ScriptedHandler().Always(_ => throw new TaskCanceledException("The request timed out."));

        var failure = await FailureOfWritingAsync(handler);

        Assert.Equal((FailureKind.ConnectionFailed, true), (failure.Kind, failure.OutcomeUnknown));
        Assert.Equal(5, handler.Requests.Count);
    }

    [Fact]
    public async Task The_callers_cancellation_is_a_cancellation_during_a_request()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = new ScriptedHandler().Then(async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedHandler.Answer(200);
        });

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ArmTestClient.Create(handler).GetAppAsync(ArmTestClient.App, cancellation.Token));

        Assert.Equal(cancellation.Token, stopped.CancellationToken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_callers_cancellation_is_a_cancellation_whatever_the_transport_makes_of_it(int triesBefore)
    {
        using var cancellation = new CancellationTokenSource();
        var handler = new ScriptedHandler();
        for (var attempt = 0; attempt < triesBefore; attempt++)
        {
            handler.Then(503);
        }

        handler.Then(async (_, _) =>
        {
            await cancellation.CancelAsync();
            throw new IOException("The connection was closed under us.");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PutAsync(handler, cancellation.Token));
    }

    [Fact]
    public async Task The_callers_cancellation_ends_a_wait_at_the_gate()
    {
        using var cancellation = new CancellationTokenSource();
        var clock = new ManualClock();
        var handler = new ScriptedHandler().Then(429, null, ("Retry-After", "200"));
        var call = ArmTestClient.Create(handler, clock).GetAppAsync(ArmTestClient.App, cancellation.Token);
        await clock.UntilWaitsAsync(1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Task<ServiceRequestException> FailureOfReadingAsync(ScriptedHandler handler) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).GetRevisionAsync(ArmTestClient.Revision, default));

    private static Task<ServiceRequestException> FailureOfWritingAsync(ScriptedHandler handler) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => PutAsync(handler, default));

    // A write that may be tried again; those of the client itself are sent once.
    private static Task<HttpMessage> PutAsync(ScriptedHandler handler, CancellationToken cancellationToken)
    {
        var requester = ArmTestClient.Create(handler).Requester;
        return requester.SendAsync(RequestMethod.Put, requester.Address(ArmTestClient.App.Path, "2026-01-01"), "{}"u8.ToArray(), cancellationToken);
    }

    private static Task<ServiceRequestException> FailureOfActingAsync(ScriptedHandler handler) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).RestartRevisionAsync(ArmTestClient.Revision, default));
}
