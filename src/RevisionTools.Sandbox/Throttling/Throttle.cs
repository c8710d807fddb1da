using System.Globalization;
using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>
/// ARM's token buckets: of a principal in the subscription or the tenant, and of all principals of the subscription together, each by
/// class of request (ARM-FACTS 7).
/// </summary>
internal sealed class Throttle(SandboxTenant tenant)
{
    private const string Prefix = "x-ms-ratelimit-remaining-";
    private const string SubscriptionScope = "subscription";
    private const string TenantScope = "tenant";

    private readonly Dictionary<(string Scope, string Principal, string Class), TokenBucket> _buckets = [];
    private readonly Dictionary<string, TokenBucket> _globalBuckets = [];
    private readonly Dictionary<string, string> _principals = [];

    // PUT and PATCH show the provider's own bucket in place of ARM's (ARM-FACTS 7). unconfirmed: its refill was not found.
    private readonly TokenBucket _resourceRequests = new(800, 40);

    /// <summary>Whether an empty bucket refuses; else the headers count and nothing happens.</summary>
    internal bool Refuses { get; set; } = true;

    /// <summary>Answers a request, or refuses it with 429; either way with the headers that say what is left.</summary>
    internal ArmAnswer Guard(ArmRequest request, Func<ArmRequest, ArmAnswer> answer)
    {
        var kind = RequestClass.Of(request.Method);
        var ofSubscription = request.Path.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);
        var scope = ofSubscription ? SubscriptionScope : TenantScope;
        var own = Bucket(scope, request.Token ?? "", kind);
        var all = ofSubscription ? GlobalBucket(kind) : null;
        var wait = Refuses ? Longer(own.Wait(request.Time), all?.Wait(request.Time)) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            return Refuse(request, wait);
        }

        own.Take(request.Time);
        all?.Take(request.Time);
        var given = answer(request);
        if (given.IsGatewayError)
        {
            // ARM's own answers tell nothing of what is left (recording 13).
            return given;
        }

        if (request.Method is "PUT" or "PATCH")
        {
            _resourceRequests.Take(request.Time);
            return given.With($"{Prefix}{SubscriptionScope}-resource-requests", Text(_resourceRequests.Left));
        }

        given = given.With($"{Prefix}{scope}-{kind.Header}", Text(own.Left));
        return all is null ? given : given.With($"{Prefix}{SubscriptionScope}-global-{kind.Header}", Text(all.Left));
    }

    /// <summary>What is left in every bucket that somebody has taken from.</summary>
    internal IReadOnlyList<BucketState> Left(DateTimeOffset now) =>
    [
        .. _buckets.Select(pair => new BucketState(pair.Key.Scope, pair.Key.Principal, pair.Key.Class, pair.Value.LeftAt(now))),
        .. _globalBuckets.Select(pair => new BucketState($"{SubscriptionScope}-global", null, pair.Key, pair.Value.LeftAt(now))),
    ];

    /// <summary>Code and message of a refusal, as they were captured.</summary>
    internal static (string Code, string Message) Words(ArmRequest request, SandboxTenant tenant, int seconds) => (
        "SubscriptionRequestsThrottled",
        $"Number of '{RequestClass.Of(request.Method).Name}' requests for subscription '{tenant.SubscriptionId}' actor " +
        $"'{Principal.IdOf(request.Token, tenant.Random)}' exceeded. Please try again after '{Text(seconds)}' seconds.");

    private ArmAnswer Refuse(ArmRequest request, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        (var code, var message) = Words(request, tenant, seconds);
        return ArmAnswer.Error(HttpStatusCode.TooManyRequests, code, message)
            .With("Retry-After", Text(seconds))
            .With("x-ms-failure-cause", "gateway");
    }

    private TokenBucket Bucket(string scope, string token, RequestClass kind)
    {
        if (!_principals.TryGetValue(token, out var principal))
        {
            principal = Principal.IdOf(token, tenant.Random);
            _principals.Add(token, principal);
        }

        var key = (scope, principal, kind.Name);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            bucket = new TokenBucket(scope == TenantScope ? kind.TenantSize : kind.Size, kind.Refill);
            _buckets.Add(key, bucket);
        }

        return bucket;
    }

    private TokenBucket GlobalBucket(RequestClass kind)
    {
        if (!_globalBuckets.TryGetValue(kind.Name, out var bucket))
        {
            bucket = new TokenBucket(kind.Size * RequestClass.GlobalFactor, kind.Refill * RequestClass.GlobalFactor);
            _globalBuckets.Add(kind.Name, bucket);
        }

        return bucket;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => one > other.GetValueOrDefault() ? one : other.GetValueOrDefault();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
