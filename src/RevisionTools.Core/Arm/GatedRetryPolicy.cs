using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>
/// Azure.Core decides what is tried again and how often. The loop and its pauses are our own because the library's wait by the wall clock
/// and are spread by its own chance, each call for itself: here the injected clock and jitter count, and calls of a class wait together at a
/// gate.
/// A message that may be sent only once (<see cref="SendOnce"/>) is neither tried again nor kept waiting.
/// </summary>
/// <param name="gates">Where calls of a class wait together.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="jitter">Spreads them.</param>
/// <param name="maxRetries">How often a message goes out again at most.</param>
/// <param name="log">Told of every pause before it begins.</param>
/// <param name="namesHosts">Whether the host belongs to what the log is told; not where all messages go to the same one.</param>
internal sealed class GatedRetryPolicy(
    ThrottleGates gates,
    TimeProvider time,
    Jitter jitter,
    int maxRetries = GatedRetryPolicy.MaxRetries,
    Func<ArmPauseRecord, ValueTask>? log = null,
    bool namesHosts = false)
    : RetryPolicy(maxRetries)
{
    private const int MaxRetries = 4;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan s_longestPatience = TimeSpan.FromMinutes(5);

    /// <summary>Whether one of the tries of a message may have taken effect although it failed.</summary>
    public static bool MayHaveTakenEffect(HttpMessage message) => message.TryGetProperty(typeof(GatedRetryPolicy), out _);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (SendOnce.IsDemanded(message))
        {
            await TryOnceAsync(message, pipeline).ConfigureAwait(false);
            return;
        }

        while (!await TryAsync(message, pipeline).ConfigureAwait(false))
        {
            var context = message.ProcessingContext;
            context.RetryNumber++;
            var delay = s_firstPause * Math.Pow(2, context.RetryNumber - 1) * (0.8 + (0.4 * jitter.Next()));
            var asked = AskedPatience(message);
            var pause = asked > delay ? asked : delay;
            if (message.HasResponse)
            {
                message.Response.ContentStream?.Dispose();
            }

            if (log is not null)
            {
                var answer = message.HasResponse ? $"the answer was {message.Response.Status}" : "there was no answer";
                await TellAsync(message, pause, $"{answer}, and {(asked > delay ? "asks for it" : "this is our own pace")}").ConfigureAwait(false);
            }

            await Task.Delay(pause, time, message.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One try. True when it is the last one: it has an answer to keep. It throws when it has none and no more are due.</summary>
    private async ValueTask<bool> TryAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await gates.For(message.Request.Method).WaitAsync(
            pause => TellAsync(message, pause, "Azure has asked all calls of the kind for patience"), message.CancellationToken).ConfigureAwait(false);
        try
        {
            await SendAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!await ShouldRetryAsync(message, exception).ConfigureAwait(false))
            {
                throw;
            }

            return false;
        }

        return !message.Response.IsError
            || AskedPatience(message) > s_longestPatience
            || !await ShouldRetryAsync(message, null).ConfigureAwait(false);
    }

    /// <summary>The only try of a message: at a closed gate it fails instead of waiting.</summary>
    private async ValueTask TryOnceAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (gates.For(message.Request.Method).Remaining() is { Ticks: > 0 } remaining)
        {
            throw ServiceFailure.HeldBack(message, remaining);
        }

        await SendAsync(message, pipeline).ConfigureAwait(false);
    }

    /// <summary>Sends, notes whether it may have taken effect, and closes the gate when the answer asks for patience.</summary>
    private async ValueTask SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            MarkIf(message, ConnectionFailures.MayHaveBeenSent(exception));
            throw;
        }

        var status = message.Response.Status;
        MarkIf(message, status is >= 500 or 408);
        var asked = AskedPatience(message);
        if (status is 429 or 503 && asked > TimeSpan.Zero && asked <= s_longestPatience)
        {
            gates.For(message.Request.Method).Close(asked);
        }
    }

    private ValueTask TellAsync(HttpMessage message, TimeSpan pause, string reason)
    {
        var uri = message.Request.Uri.ToUri();
        var place = namesHosts ? $"{uri.IdnHost}{uri.AbsolutePath}" : uri.AbsolutePath;
        var record = new ArmPauseRecord(message.Request.Method.Method, place, message.ProcessingContext.RetryNumber + 1, pause, reason);
        return ArmLog.TellAsync(log, record, message.CancellationToken);
    }

    // Not left to the library, which would measure a date in Retry-After by the wall clock.
    private TimeSpan AskedPatience(HttpMessage message) =>
        message.HasResponse && AnswerHeaders.RetryAfter(message.Response, time) is { } asked ? asked : TimeSpan.Zero;

    private static void MarkIf(HttpMessage message, bool mayHaveTakenEffect)
    {
        if (mayHaveTakenEffect)
        {
            message.SetProperty(typeof(GatedRetryPolicy), true);
        }
    }
}
