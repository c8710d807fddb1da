using System.Collections.Concurrent;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Work;

namespace RevisionTools.Tests.Pump;

public sealed class PipelinePumpTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Everything_is_written_in_order_on_the_calling_thread()
    {
        var writer = new Recorder();

        Run(
            async (output, _) =>
            {
                for (var number = 0; number < 1000; number++)
                {
                    await output.EmitAsync(number);
                }

                await output.WarnAsync("done");
            },
            writer,
            s_limit,
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => (PipelineMessage)new PipelineMessage.Output(number)), writer.Messages.Take(1000));
        Assert.Equal(new PipelineMessage.Warning("done"), writer.Messages.Last());
        Assert.Equal([Environment.CurrentManagedThreadId], writer.Threads.Distinct());
    }

    [Fact]
    public void What_the_work_throws_comes_out_unchanged_after_what_it_said()
    {
        var writer = new Recorder();
        var thrown = new RevisionToolsException(FailureKind.OperationFailed, "no");

        var caught = Assert.Throws<RevisionToolsException>(() => Run(
            async (output, _) =>
            {
                await output.EmitAsync(1);
                throw thrown;
            },
            writer,
            s_limit,
            CancellationToken.None));

        Assert.Same(thrown, caught);
        Assert.Single(writer.Messages);
    }

    [Fact]
    public void A_stop_cancels_the_work_and_joins_it()
    {
        using var stop = new CancellationTokenSource();
        var ended = false;

        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            async (_, token) =>
            {
                try
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    ended = true;
                }
            },
            new Recorder(),
            s_limit,
            stop.Token));

        Assert.True(ended);
    }

    [Fact]
    public void A_reader_that_goes_away_cancels_the_work_and_joins_it()
    {
        var effects = 0;
        var ended = false;
        var writer = new Recorder { After = 3 };

        Assert.Throws<InvalidOperationException>(() => Run(
            async (output, token) =>
            {
                try
                {
                    while (true)
                    {
                        token.ThrowIfCancellationRequested();
                        effects++;
                        await output.EmitAsync(effects);
                    }
                }
                finally
                {
                    ended = true;
                }
            },
            writer,
            s_limit,
            CancellationToken.None));

        Assert.True(ended);
        Assert.Equal(3, writer.Messages.Count);
        Assert.InRange(effects, 3, 600);
    }

    [Fact]
    public void A_slow_reader_holds_fast_work_back()
    {
        var said = 0;
        var most = 0;
        var writer = new Recorder();
        writer.OnWrite = () => most = Math.Max(most, Volatile.Read(ref said) - writer.Messages.Count);

        Run(
            async (output, _) =>
            {
                for (var number = 0; number < 5000; number++)
                {
                    await output.EmitAsync(number);
                    Interlocked.Increment(ref said);
                }
            },
            writer,
            s_limit,
            CancellationToken.None);

        Assert.Equal(5000, writer.Messages.Count);
        Assert.InRange(most, 0, 257);
    }

    [Fact]
    public void Work_that_is_deaf_to_its_token_is_left_after_the_limit()
    {
        using var stop = new CancellationTokenSource();
        var deaf = new TaskCompletionSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            async (_, _) =>
            {
                await stop.CancelAsync();
                await deaf.Task;
            },
            new Recorder(),
            TimeSpan.FromMilliseconds(1),
            stop.Token));

        deaf.SetResult();
    }

    [Fact]
    public void Work_that_speaks_after_the_reader_has_gone_is_told_so()
    {
        var spoke = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            async (output, token) =>
            {
                await stop.CancelAsync();
                var gone = new TaskCompletionSource();
                token.Register(gone.SetResult);
                await gone.Task;
                spoke.SetResult(await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await output.EmitAsync(1)));
            },
            new Recorder(),
            s_limit,
            stop.Token));

        Assert.True(spoke.Task.IsCompleted);
    }

    private static void Run(
        Func<IWorkOutput, CancellationToken, Task> work, IPipelineWriter writer, TimeSpan joinLimit, CancellationToken stop) =>
        PipelinePump.Run(work, writer, joinLimit, null, stop);

    private sealed class Recorder : IPipelineWriter
    {
        public ConcurrentQueue<PipelineMessage> Messages { get; } = new();

        public ConcurrentQueue<int> Threads { get; } = new();

        public int After { get; init; } = int.MaxValue;

        public Action? OnWrite { get; set; }

        public void Write(PipelineMessage message)
        {
            Messages.Enqueue(message);
            Threads.Enqueue(Environment.CurrentManagedThreadId);
            OnWrite?.Invoke();
            if (Messages.Count >= After)
            {
                throw new InvalidOperationException("enough");
            }
        }
    }
}
