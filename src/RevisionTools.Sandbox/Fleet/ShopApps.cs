using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>Group rg-shop: what customers see.</summary>
internal static class ShopApps
{
    private const string Group = "rg-shop";
    private const string Registry = "contososhop.azurecr.io/";

    internal static IEnumerable<FleetApp> All => [Landing, Shop, Checkout, Search, Account, Catalog, Images];

    /// <summary>Single mode: one active revision and the inactive ones it replaced.</summary>
    private static FleetApp Landing => new()
    {
        Group = Group,
        Name = "web-landing",
        Image = Registry + "landing",
        Mode = "Single",
        Port = 8080,
        Owner = "team-web",
        MinReplicas = 1,
        Revisions =
        [
            .. FleetHistory.InactiveRow(6, "k2v9x4d", Days(12), Days(9), index => $"1.{index}.0"),
            new FleetRevision("0000006", "1.6.0", Days(3), Replicas: 2),
        ],
    };

    /// <summary>Multiple mode that nobody tidies: 30 stale active revisions beside the one that serves.</summary>
    private static FleetApp Shop => new()
    {
        Group = Group,
        Name = "web-shop",
        Image = Registry + "shop",
        Port = 8080,
        Owner = "team-web",
        Traffic = [new(100, "0000030")],
        Revisions =
        [
            .. FleetHistory.Row(30, "p7c3m1q", Days(2), Days(3), ShopTag, index => index % 7 == 3 ? 1 : 0),
            new FleetRevision("0000030", ShopTag(30), Hours(5), Replicas: 4),
        ],
    };

    /// <summary>A canary in progress: 90 to stable, 10 to the canary; a labelled fallback at 0 %, and leftovers.</summary>
    private static FleetApp Checkout => new()
    {
        Group = Group,
        Name = "web-checkout",
        Image = Registry + "checkout",
        Port = 8080,
        Owner = "team-pay",
        MinReplicas = 1,
        Traffic = [new(90, "v2-14", "stable"), new(10, "v2-15", "canary"), new(0, "v2-12", "previous")],
        Revisions =
        [
            Named("v2-10", "2.10.0", Days(41)),
            Named("v2-11", "2.11.0", Days(33)),
            Named("v2-12", "2.12.3", Days(20)),
            Named("v2-13", "2.13.1", Days(13)),
            Named("v2-14", "2.14.0", Days(6)) with { Replicas = 6 },
            Named("v2-15", "2.15.0", Minutes(25)),
        ],
    };

    /// <summary>The newest revision cannot pull its image; the one before goes on serving through the latestRevision entry.</summary>
    private static FleetApp Search => new()
    {
        Group = Group,
        Name = "web-search",
        Image = Registry + "search",
        Port = 3000,
        Owner = "team-web",
        Traffic = [new(100, null)],
        Revisions =
        [
            new FleetRevision("m4t8b2z", "0.8.0", Days(60), Replicas: 0) { Inactive = Days(30) },
            new FleetRevision("0000001", "0.9.0", Days(30), Replicas: 0) { Inactive = Days(4) },
            new FleetRevision("0000002", "0.9.1", Days(18), Replicas: 0),
            new FleetRevision("0000003", "0.9.2", Days(4), Replicas: 2),
            new FleetRevision("0000004", "0.9.3-rc", Minutes(50)) { Outcome = StartOutcome.ImagePullFails },
        ],
    };

    /// <summary>One active revision reports a running state that nobody has heard of.</summary>
    private static FleetApp Account => new()
    {
        Group = Group,
        Name = "web-account",
        Image = Registry + "account",
        Port = 8080,
        Owner = "team-web",
        Traffic = [new(100, "0000003")],
        Revisions =
        [
            new FleetRevision("d9w5q1x", "3.0.0", Days(70), Replicas: 1) { ReportedRunningState = "Rebalancing" },
            new FleetRevision("0000001", "3.1.0", Days(28), Replicas: 0),
            new FleetRevision("0000002", "3.2.0", Days(16), Replicas: 0),
            new FleetRevision("0000003", "3.3.0", Days(1), Replicas: 2),
        ],
    };

    /// <summary>More inactive revisions than maxInactiveRevisions allows: the platform purges late (ARM-FACTS 4.8).</summary>
    private static FleetApp Catalog => new()
    {
        Group = Group,
        Name = "api-catalog",
        Image = Registry + "catalog",
        Port = 8080,
        Owner = "team-data",
        MinReplicas = 2,
        MaxReplicas = 2,
        Traffic = [new(100, null)],
        Revisions =
        [
            .. FleetHistory.InactiveRow(104, "h1n6s8c", Days(5), Hours(20), index => $"build-{4000 + (index * 7)}"),
            new FleetRevision("0000104", "build-4733", Days(4), Replicas: 2),
            new FleetRevision("0000105", "build-4740", Days(2), Replicas: 2),
            new FleetRevision("0000106", "build-4747", Hours(9), Replicas: 2),
        ],
    };

    /// <summary>West Europe; scales by HTTP, and most of it is asleep.</summary>
    private static FleetApp Images => new()
    {
        Group = Group,
        Name = "api-images",
        Location = "West Europe",
        Image = Registry + "images",
        Port = 8080,
        Traffic = [new(100, "0000003")],
        MaxReplicas = 5,
        Rules = """[{"name":"http-rule","http":{"metadata":{"concurrentRequests":"40"}}}]""",
        Revisions = [.. FleetHistory.Row(4, "f3r7y0k", Days(8), Days(11), index => $"2024.{index + 1}", _ => 0)],
    };

    private static FleetRevision Named(string suffix, string tag, TimeSpan age) => new(suffix, tag, age) { IsNamed = true };

    private static string ShopTag(int index) => string.Create(CultureInfo.InvariantCulture, $"5.{index / 4}.{index % 4}");

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);
}
