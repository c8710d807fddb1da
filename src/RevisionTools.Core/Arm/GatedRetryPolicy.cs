using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>
/// Azure.Core decides what is tried again, how often and after how long. The loop is our own because the library's waits by
/// the wall clock, each call for itself: here the injected clock counts, and calls of a class wait together at a gate.
/// </summary>
internal sealed class GatedRetryPolicy(ThrottleGates gates, TimeProvider time) : RetryPolicy(MaxRetries)
{
    private const int MaxRetries = 4;
    private static readonly TimeSpan s_longestPatience = TimeSpan.FromMinutes(5);

    private readonly DelayStrategy _delays =
        DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(30));

    /// <summary>Whether one of the tries of a message may have taken effect although it failed.</summary>
    public static bool MayHaveTakenEffect(HttpMessage message) => message.TryGetProperty(typeof(GatedRetryPolicy), out _);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        while (!await TryAsync(message, pipeline).ConfigureAwait(false))
        {
            var context = message.ProcessingContext;
            context.RetryNumber++;
            var delay = _delays.GetNextDelay(null, context.RetryNumber);
            var asked = AskedPatience(message);
            if (message.HasResponse)
            {
                message.Response.ContentStream?.Dispose();
            }

            await Task.Delay(asked > delay ? asked : delay, time, message.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One try. True when it is the last one: it has an answer to keep. It throws when it has none and no more are due.</summary>
    private async ValueTask<bool> TryAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await gates.For(message.Request.Method).WaitAsync(message.CancellationToken).ConfigureAwait(false);
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            MarkIf(message, ConnectionFailures.MayHaveBeenSent(exception));
            if (!await ShouldRetryAsync(message, exception).ConfigureAwait(false))
            {
                throw;
            }

            return false;
        }

        return !message.Response.IsError || !await IsWorthRetryingAsync(message).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsWorthRetryingAsync(HttpMessage message)
    {
        MarkIf(message, message.Response.Status is >= 500 or 408);
        var asked = AskedPatience(message);
        if (asked > s_longestPatience)
        {
            return false;
        }

        if (asked > TimeSpan.Zero && message.Response.Status is 429 or 503)
        {
            gates.For(message.Request.Method).Close(asked);
        }

        return await ShouldRetryAsync(message, null).ConfigureAwait(false);
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
