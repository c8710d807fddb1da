using System.Threading.Channels;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>
/// What the credential of one connection can do on a pipeline thread alone. It is offered to every command of the connection that is at its
/// pump, and to those that come to it later, whatever their runspace: the thread of the command that began to wait may be busy in a command
/// further down its pipeline, which itself waits for the same token.
/// </summary>
internal sealed class PipelineCalls
{
    private readonly object _gate = new();
    private readonly List<ChannelWriter<PipelineMessage>> _pumps = [];
    private readonly List<PipelineMessage.Call> _waiting = [];

    /// <summary>A command is at its pump from now on.</summary>
    public void Join(ChannelWriter<PipelineMessage> pump)
    {
        lock (_gate)
        {
            _pumps.Add(pump);
            foreach (var call in _waiting)
            {
                _ = OfferAsync(pump, call);
            }
        }
    }

    public void Leave(ChannelWriter<PipelineMessage> pump)
    {
        lock (_gate)
        {
            _pumps.Remove(pump);
        }
    }

    /// <summary>Has something done on a pipeline thread.</summary>
    /// <param name="work">What is to be done. It fails with <see cref="RevisionToolsException"/>, which is thrown here; all else is for the pipeline that does it.</param>
    /// <param name="cancellationToken">Ends the wait, also while no pipeline thread is free.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.AuthenticationFailed"/>: no command is running, as in completion.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await RunOnceAsync(work, cancellationToken).ConfigureAwait(false);
            }
            catch (PipelineGoneException)
            {
                // Another command was about to do it and was stopped.
            }
        }
    }

    private async Task<T> RunOnceAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = 0;
        var call = new PipelineMessage.Call(() =>
        {
            if (Interlocked.Exchange(ref taken, 1) == 0)
            {
                Complete(result, work);
            }
        });
        lock (_gate)
        {
            if (_pumps.Count == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new RevisionToolsException(
                    FailureKind.AuthenticationFailed, "The token has to be renewed, and that takes a command of this connection that is running.");
            }

            _waiting.Add(call);
            foreach (var pump in _pumps)
            {
                _ = OfferAsync(pump, call);
            }
        }

        try
        {
            return await result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Exchange(ref taken, 1);
            lock (_gate)
            {
                _waiting.Remove(call);
            }
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work)
    {
        try
        {
            result.TrySetResult(work());
        }
        catch (RevisionToolsException failure)
        {
            result.TrySetException(failure);
        }
        catch
        {
            result.TrySetException(new PipelineGoneException());
            throw;
        }
    }

    private static async Task OfferAsync(ChannelWriter<PipelineMessage> pump, PipelineMessage.Call call)
    {
        try
        {
            await pump.WriteAsync(call).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // That command has ended.
        }
    }

    private sealed class PipelineGoneException : Exception;
}
