using System.IO.Pipelines;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>
/// Takes an answer in whole, so that a connection that breaks in the middle is one more case for the retries. The library would do that too,
/// into one array that doubles as it grows: over the lists of a fleet that is gigabytes for the collector, and here the same blocks of memory
/// are used again. An answer without content has no stream here.
/// </summary>
internal sealed class AnswerBufferPolicy : HttpPipelinePolicy
{
    // Of a size that is pooled, and below that of large objects, which are collected late.
    private static readonly StreamPipeReaderOptions s_blocks = new(bufferSize: 64 * 1024);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.BufferResponse = false;
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        switch (message.Response.ContentStream)
        {
            case { CanSeek: false } network:
                message.Response.ContentStream = await TakeInAsync(network, message.CancellationToken).ConfigureAwait(false);
                break;
            case { Length: 0 }:
                message.Response.ContentStream = null;
                break;
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");

    /// <returns>A stream that gives the blocks back when it is disposed of; null for nothing.</returns>
    private static async ValueTask<Stream?> TakeInAsync(Stream network, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(network, s_blocks);
        try
        {
            while (true)
            {
                var taken = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                reader.AdvanceTo(taken.Buffer.Start, taken.Buffer.End);
                if (!taken.IsCompleted)
                {
                    continue;
                }

                if (taken.Buffer.IsEmpty)
                {
                    await reader.CompleteAsync().ConfigureAwait(false);
                    return null;
                }

                return reader.AsStream();
            }
        }
        catch
        {
            await reader.CompleteAsync().ConfigureAwait(false);
            throw;
        }
    }
}
