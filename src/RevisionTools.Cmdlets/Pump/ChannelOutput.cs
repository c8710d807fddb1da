using System.Threading.Channels;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>The work's side of the pump: every message goes through a bounded channel, which holds fast work back.</summary>
internal sealed class ChannelOutput(ChannelWriter<PipelineMessage> writer, CancellationToken cancellationToken) : IWorkOutput
{
    public ValueTask EmitAsync(object result) => WriteAsync(new PipelineMessage.Output(result));

    public ValueTask WarnAsync(string message) => WriteAsync(new PipelineMessage.Warning(message));

    public ValueTask VerboseAsync(string message) => WriteAsync(new PipelineMessage.Verbose(message));

    public ValueTask DebugAsync(string message) => WriteAsync(new PipelineMessage.Debug(message));

    public ValueTask FailAsync(RevisionToolsException failure, object? target) => WriteAsync(new PipelineMessage.Failure(failure, target));

    public ValueTask ProgressAsync(WorkProgress progress) => WriteAsync(new PipelineMessage.Progress(progress));

    private async ValueTask WriteAsync(PipelineMessage message)
    {
        try
        {
            await writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The pipeline has ended.", cancellationToken);
        }
    }
}
