using RevisionTools.Cmdlets.Pump;

namespace RevisionTools.Tests.Pump;

public sealed class PipelineCallsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly PipelineCalls _calls = new();

    [Fact]
    public void Work_that_only_the_pipeline_thread_can_do_is_done_there_and_its_result_comes_back()
    {
        var thread = 0;
        var continued = 0;

        Run(async token =>
        {
            thread = await _calls.RunAsync(() => Environment.CurrentManagedThreadId, token);
            continued = Environment.CurrentManagedThreadId;
        });

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.NotEqual(thread, continued);
    }

    [Fact]
    public void A_failure_of_ours_travels_back_and_leaves_the_pipeline_alone()
    {
        var failure = new RevisionToolsException(FailureKind.AuthenticationFailed, "nobody is signed in");
        Exception? caught = null;

        Run(async token => caught = await Record.ExceptionAsync(() => _calls.RunAsync<int>(() => throw failure, token)));

        Assert.Same(failure, caught);
    }

    [Fact]
    public void Whatever_else_goes_wrong_ends_the_pipeline_that_did_it_and_the_wait_with_it()
    {
        Exception? waited = null;

        Assert.Throws<InvalidTimeZoneException>(() => Run(async token =>
            waited = await Record.ExceptionAsync(() => _calls.RunAsync<int>(() => throw new InvalidTimeZoneException(), token))));

        Assert.IsAssignableFrom<OperationCanceledException>(waited);
    }

    [Fact]
    public void A_command_further_down_the_pipeline_does_it_while_the_one_that_waits_is_busy_with_that_command()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<int>();
        Writer outer = new();
        outer.OnOutput = () => Run(async token =>
        {
            // The inner command begins after the outer one has asked, and waits for what that one asked for.
            await asked.Task;
            Assert.Equal(42, await answer.Task.WaitAsync(token));
        });

        Run(
            async (output, token) =>
            {
                await output.EmitAsync("a row");
                var work = _calls.RunAsync(() => 42, token);
                asked.SetResult();
                answer.SetResult(await work);
            },
            outer);

        Assert.Equal(1, outer.Outputs);
    }

    [Fact]
    public void It_is_done_once_however_many_commands_could()
    {
        var times = 0;

        Run(async token =>
        {
            for (var number = 0; number < 3; number++)
            {
                _ = Task.Run(() => Run(stop => Task.Delay(Timeout.Infinite, stop), token), CancellationToken.None);
            }

            Assert.Equal(1, await _calls.RunAsync(() => Interlocked.Increment(ref times), token));
            Assert.Equal(2, await _calls.RunAsync(() => Interlocked.Increment(ref times), token));
        });

        Assert.Equal(2, times);
    }

    [Fact]
    public void Another_command_takes_over_when_the_one_that_does_it_is_stopped()
    {
        var tries = 0;
        var began = new TaskCompletionSource();

        Run(async (output, token) =>
        {
            // This one is at its pump, the other is kept from it by a row that nobody takes.
            var other = Task.Run(
                () => Assert.Throws<InvalidTimeZoneException>(() => Run(stop =>
                {
                    began.TrySetResult();
                    return Task.Delay(Timeout.Infinite, stop);
                })),
                CancellationToken.None);
            await began.Task;
            await output.EmitAsync("a row");
            var result = await _calls.RunAsync(
                () => Interlocked.Increment(ref tries) == 1 ? throw new InvalidTimeZoneException() : 7, token);
            Assert.Equal(7, result);
            await other;
        },
        new Writer { OnOutput = () => SpinWait.SpinUntil(() => Volatile.Read(ref tries) > 0, s_limit) });

        Assert.Equal(2, tries);
    }

    [Fact]
    public void A_stop_ends_the_wait_while_the_pipeline_thread_is_busy_elsewhere()
    {
        using var stop = new CancellationTokenSource();
        var ended = false;

        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            async (output, token) =>
            {
                await output.EmitAsync("a row");
                try
                {
                    await _calls.RunAsync(() => 1, token);
                }
                finally
                {
                    ended = true;
                }
            },
            new Writer { OnOutput = stop.Cancel },
            stop.Token));

        Assert.True(ended);
    }

    [Fact]
    public async Task Without_a_command_there_is_nobody_to_do_it()
    {
        await Assert.ThrowsAsync<RevisionToolsException>(() => _calls.RunAsync(() => 1, CancellationToken.None));

        Run(_ => Task.CompletedTask);
        await Assert.ThrowsAsync<RevisionToolsException>(() => _calls.RunAsync(() => 1, CancellationToken.None));
    }

    private void Run(Func<CancellationToken, Task> work, CancellationToken stop = default) => Run((_, token) => work(token), new Writer(), stop);

    private void Run(Func<ChannelOutput, CancellationToken, Task> work, Writer writer, CancellationToken stop = default) =>
        PipelinePump.Run((output, token) => work((ChannelOutput)output, token), writer, s_limit, _calls, stop);

    private sealed class Writer : IPipelineWriter
    {
        public Action? OnOutput { get; set; }

        public int Outputs { get; private set; }

        public void Write(PipelineMessage message)
        {
            switch (message)
            {
                case PipelineMessage.Call call:
                    call.Run();
                    break;
                case PipelineMessage.Output:
                    Outputs++;
                    OnOutput?.Invoke();
                    break;
            }
        }
    }
}
