using System.Threading.Channels;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>
/// Runs asynchronous work beside the pipeline thread and writes what it says on the pipeline thread. On every way out, be it the end,
/// Ctrl+C, <c>Select-Object -First</c>, <c>-ErrorAction Stop</c> or an exception, the work is cancelled and joined.
/// </summary>
internal static class PipelinePump
{
    private const int Capacity = 256;

    /// <param name="work">The work. Its token is cancelled on every way out.</param>
    /// <param name="writer">Writes on the calling thread.</param>
    /// <param name="joinLimit">How long to wait for work that is deaf to its token.</param>
    /// <param name="calls">What the work's connection asks of pipeline threads; null where it asks nothing.</param>
    /// <param name="stop">The pipeline's own stop.</param>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public static void Run(
        Func<IWorkOutput, CancellationToken, Task> work, IPipelineWriter writer, TimeSpan joinLimit, PipelineCalls? calls, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<PipelineMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        calls?.Join(channel.Writer);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var token = linked.Token;
        var worker = Task.Run(
            async () =>
            {
                try
                {
                    await work(new ChannelOutput(channel.Writer, token), token).ConfigureAwait(false);
                }
                finally
                {
                    channel.Writer.TryComplete();
                }
            },
            CancellationToken.None);
        try
        {
            while (channel.Reader.WaitToReadAsync(stop).AsTask().GetAwaiter().GetResult())
            {
                while (channel.Reader.TryRead(out var message))
                {
                    writer.Write(message);
                }
            }

            worker.GetAwaiter().GetResult();
        }
        finally
        {
            // In this order: work that finds no pump any more has to see that it was stopped.
            linked.Cancel();
            calls?.Leave(channel.Writer);
            channel.Writer.TryComplete();
            Join(worker, joinLimit);
        }
    }

    // Waits without looking at how the work ended: what flies already is what matters.
    private static void Join(Task worker, TimeSpan limit)
    {
        if (!((IAsyncResult)worker).AsyncWaitHandle.WaitOne(limit))
        {
            // Deaf work is left behind; its failure, should one come, must not end the process.
            _ = worker.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        else
        {
            _ = worker.Exception;
        }
    }
}
