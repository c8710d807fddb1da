using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Draws what goes wrong on the way to the service and in it.</summary>
internal static class RandomFaults
{
    private static readonly SandboxFaultKind[] s_kinds =
    [
        SandboxFaultKind.ConnectionReset, SandboxFaultKind.ConnectionResetAfterWrite, SandboxFaultKind.TruncatedBody, SandboxFaultKind.MalformedJson,
        SandboxFaultKind.Hold, SandboxFaultKind.HoldIgnoringCancellation, SandboxFaultKind.Page, SandboxFaultKind.ForeignNextLink,
        SandboxFaultKind.Timeout, SandboxFaultKind.TimeoutAfterWrite, SandboxFaultKind.ExpiredToken, SandboxFaultKind.StaleReads,
        SandboxFaultKind.OperationStuck, SandboxFaultKind.OperationFails, SandboxFaultKind.ClockSkew,
    ];

    private static readonly int[] s_statuses = [401, 403, 404, 408, 409, 409, 412, 429, 429, 500, 502, 503, 503, 504];

    /// <param name="random">The draws.</param>
    /// <param name="operate">Lets the second operator act in the very moment between a request's arrival and its service.</param>
    public static IEnumerable<SandboxFault> Draw(Random random, Action operate)
    {
        // A third of the runs meet none, so that what the second operator does alone is seen as well.
        for (var count = random.In100(33) ? 0 : random.Next(1, 6); count > 0; count--)
        {
            yield return One(random, operate);
        }
    }

    private static SandboxFault One(Random random, Action operate)
    {
        var isOften = random.In100(15);
        var fault = new SandboxFault
        {
            Method = random.Of(null, "GET", "POST", "POST", "POST", "PATCH"),
            Path = random.Of(null, null, null, "app0", "revisions", "activate"),
            Skip = random.Next(25),
            Times = isOften ? int.MaxValue : random.Next(1, 5),
            Chance = isOften ? 0.05 + (0.3 * random.NextDouble()) : random.Of(1, 0.5),
        };
        return random.Next(10) switch
        {
            < 3 => fault with { Kind = SandboxFaultKind.Status, Status = random.Of(s_statuses), RetryAfter = random.In100(30) ? TimeSpan.FromSeconds(random.Next(1, 90)) : null },
            3 => fault with { Kind = SandboxFaultKind.Status, Status = 0, Before = _ => operate() },
            _ => Of(random.Of(s_kinds), fault, random),
        };
    }

    private static SandboxFault Of(SandboxFaultKind kind, SandboxFault fault, Random random) => kind switch
    {
        SandboxFaultKind.Page => fault with { Kind = kind, Method = "GET", PageSize = random.Next(1, 4) },
        SandboxFaultKind.ForeignNextLink => fault with { Kind = kind, Method = "GET", Times = random.Next(1, 3) },
        SandboxFaultKind.StaleReads => fault with { Kind = kind, Duration = random.Span(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(90)) },
        SandboxFaultKind.ClockSkew => fault with { Kind = kind, Duration = random.Span(TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(5)), Times = 1 },
        SandboxFaultKind.OperationStuck => fault with { Kind = kind, Method = "PATCH", Duration = random.In100(20) ? null : random.Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(20)) },
        SandboxFaultKind.OperationFails => fault with { Kind = kind, Method = "PATCH" },
        _ => fault with { Kind = kind },
    };
}
