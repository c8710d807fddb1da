using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class PauseLogTests
{
    private const string Empty = """{"value":[]}""";

    private readonly List<ArmPauseRecord> _pauses = [];

    [Theory]
    [InlineData(503, null, "the answer was 503, and this is our own pace", 0.6, 1.0)]
    [InlineData(500, "7", "the answer was 500, and asks for it", 7, 7)]
    [InlineData(0, null, "there was no answer, and this is our own pace", 0.6, 1.0)]
    public async Task A_retry_is_told_of_before_it_is_waited_for(int status, string? retryAfter, string reason, double least, double most)
    {
        var clock = new AutoClock();
        var handler = new ScriptedHandler();
        _ = status == 0 ? handler.ThenThrow(new HttpRequestException("gone"))
            : retryAfter is null ? handler.Then(status)
            : handler.Then(status, null, ("Retry-After", retryAfter));
        handler.Then(200, Empty);
        TimeSpan? toldAt = null;
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, clock) with
        {
            PauseLog = pause =>
            {
                _pauses.Add(pause);
                toldAt = clock.Elapsed;
                return ValueTask.CompletedTask;
            },
        });

        await client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        var pause = Assert.Single(_pauses);
        Assert.Equal(("GET", $"{ArmTestClient.App.Path}/revisions", 2, reason), (pause.Method, pause.Path, pause.Try, pause.Reason));
        Assert.InRange(pause.Pause.TotalSeconds, least, most);
        Assert.Equal(TimeSpan.Zero, toldAt);
        Assert.InRange(pause.Pause - clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Who_waits_for_the_patience_that_another_call_was_asked_for_is_told_so()
    {
        var clock = new ManualClock();
        var throttled = true;
        var handler = new ScriptedHandler().Always(_ => Volatile.Read(ref throttled)
            ? ScriptedHandler.Answer(429, null, ("Retry-After", "30"))
            : ScriptedHandler.Answer(200, Empty));
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, clock) with { PauseLog = KeepAsync });
        var first = client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();
        await clock.UntilWaitsAsync(1);
        Volatile.Write(ref throttled, false);
        clock.Advance(TimeSpan.FromSeconds(10));
        var second = client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();
        await clock.UntilWaitsAsync(2);
        clock.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(first, second);

        Assert.Equal([(2, "the answer was 429, and asks for it"), (1, "Azure has asked all calls of the kind for patience")], _pauses.Select(pause => (pause.Try, pause.Reason)).Take(2));
        Assert.InRange(_pauses[1].Pause.TotalSeconds, 20, 21);
    }

    [Fact]
    public async Task A_log_that_fails_costs_no_retry()
    {
        var handler = new ScriptedHandler().Then(503).Then(200, Empty);
        var client = new ContainerAppsClient(ArmTestClient.Options(handler) with { PauseLog = _ => throw new InvalidOperationException("the log is full") });

        await client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(2, handler.Requests.Count);
    }

    private ValueTask KeepAsync(ArmPauseRecord pause)
    {
        lock (_pauses)
        {
            _pauses.Add(pause);
        }

        return ValueTask.CompletedTask;
    }
}
