using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Tells the log of each try: method, path, status and duration.</summary>
internal sealed class RequestLogPolicy(Func<ArmRequestRecord, ValueTask>? log, TimeProvider time) : HttpPipelinePolicy
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
            await ReportAsync(message, answered, time.GetElapsedTime(started)).ConfigureAwait(false);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");

    private async ValueTask ReportAsync(HttpMessage message, bool answered, TimeSpan duration)
    {
        if (log is null)
        {
            return;
        }

        try
        {
            await log(Record(message, answered, duration)).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !message.CancellationToken.IsCancellationRequested)
        {
            // A log that fails is no reason to lose the answer of a request, or to send it again.
        }
    }

    private static ArmRequestRecord Record(HttpMessage message, bool answered, TimeSpan duration) => new(
        message.Request.Method.Method,
        message.Request.Uri.ToUri().AbsolutePath,
        message.ProcessingContext.RetryNumber + 1,
        answered ? message.Response.Status : 0,
        duration.TotalMilliseconds,
        answered ? AnswerHeaders.CorrelationId(message.Response) : null);
}
