using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Tells the log of each try: method, path, status and duration.</summary>
internal sealed class RequestLogPolicy(Action<ArmRequestRecord>? log, TimeProvider time) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = time.GetTimestamp();
        var answered = false;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            answered = true;
        }
        finally
        {
            Report(message, answered, started);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = time.GetTimestamp();
        var answered = false;
        try
        {
            ProcessNext(message, pipeline);
            answered = true;
        }
        finally
        {
            Report(message, answered, started);
        }
    }

    private void Report(HttpMessage message, bool answered, long started) => log?.Invoke(new ArmRequestRecord(
        message.Request.Method.Method,
        message.Request.Uri.ToUri().AbsolutePath,
        answered ? message.Response.Status : 0,
        time.GetElapsedTime(started).TotalMilliseconds,
        answered ? AnswerHeaders.CorrelationId(message.Response) : null));
}
