using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>
/// The remaining-requests headers by verb, counted down by the token buckets of ARM-FACTS section 7. The first cut only
/// counts: an empty bucket does not refuse.
/// </summary>
internal sealed class RateLimitHeaders
{
    private readonly TokenBucket _reads = new(250, 25);
    private readonly TokenBucket _globalReads = new(3750, 375);
    private readonly TokenBucket _writes = new(200, 10);
    private readonly TokenBucket _globalWrites = new(3000, 150);
    private readonly TokenBucket _resourceRequests = new(800, 40);

    internal void Add(ArmAnswer answer, string method, DateTimeOffset now)
    {
        switch (method)
        {
            case "PUT" or "PATCH":
                Add(answer, "subscription-resource-requests", _resourceRequests, now);
                break;
            case "GET" or "HEAD":
                Add(answer, "subscription-reads", _reads, now);
                Add(answer, "subscription-global-reads", _globalReads, now);
                break;
            default:
                Add(answer, "subscription-writes", _writes, now);
                Add(answer, "subscription-global-writes", _globalWrites, now);
                break;
        }
    }

    private static void Add(ArmAnswer answer, string name, TokenBucket bucket, DateTimeOffset now) =>
        answer.With($"x-ms-ratelimit-remaining-{name}", bucket.Take(now).ToString(CultureInfo.InvariantCulture));
}
