using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Tells the log of each sending: method, path, status and duration.</summary>
internal sealed class RequestLogPolicy(Func<ArmRequestRecord, ValueTask>? log, TimeProvider time) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = time.GetTimestamp();
        var sending = message.TryGetProperty(typeof(RequestLogPolicy), out var before) && before is int count ? count + 1 : 1;
        message.SetProperty(typeof(RequestLogPolicy), sending);
        var answered = false;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            answered = true;
        }
        finally
        {
            await ArmLog.TellAsync(log, Record(message, sending, answered, time.GetElapsedTime(started)), message.CancellationToken).ConfigureAwait(false);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");

    private static ArmRequestRecord Record(HttpMessage message, int sending, bool answered, TimeSpan duration) => new(
        message.Request.Method.Method,
        message.Request.Uri.ToUri().AbsolutePath,
        sending,
        answered ? message.Response.Status : 0,
        duration.TotalMilliseconds,
        answered ? AnswerHeaders.CorrelationId(message.Response) : null);
}
