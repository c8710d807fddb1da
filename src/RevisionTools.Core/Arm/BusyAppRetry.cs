using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>Sends writes; waits while another operation on the app is going on, which allows one writer at a time (ARM-FACTS 6).</summary>
internal sealed class BusyAppRetry(ArmRequester requester, TimeProvider time, Jitter jitter, TimeSpan budget)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    public async Task<HttpMessage> SendAsync(
        RequestMethod method, Uri uri, ReadOnlyMemory<byte>? json, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = s_firstWait; ; pause = pause * 1.5 < s_longestWait ? pause * 1.5 : s_longestWait)
        {
            var wait = pause * (0.75 + (0.5 * jitter.Next()));
            try
            {
                return await requester.SendAsync(method, uri, json, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException busy) when (busy.AppIsBusy && time.GetElapsedTime(started) + wait <= budget)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
