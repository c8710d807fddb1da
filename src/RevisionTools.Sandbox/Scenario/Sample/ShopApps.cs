using System.Globalization;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Group rg-shop: what customers see.</summary>
internal static class ShopApps
{
    private const string Group = "rg-shop";
    private const string Registry = "contososhop.azurecr.io/";

    internal static IEnumerable<ScenarioApp> All => [Landing, Shop, Checkout, Search, Account, Catalog, Images];

    /// <summary>Single mode: one active revision and the inactive ones it replaced.</summary>
    private static ScenarioApp Landing => new()
    {
        ResourceGroup = Group,
        Name = "web-landing",
        Tags = Owner("team-web"),
        Configuration = ArmParts.Configuration("Single", ArmParts.Ingress(8080)),
        Template = ArmParts.Template("web-landing", Registry + "landing:1.6.0", minReplicas: 1),
        Revisions =
        [
            .. RevisionRow.Inactive(6, "k2v9x4d", Days(12), Days(9), index => $"{Registry}landing:1.{index}.0"),
            RevisionRow.One("0000006", Registry + "landing:1.6.0", Days(3), replicas: 2),
        ],
    };

    /// <summary>Multiple mode that nobody tidies: 30 stale active revisions beside the one that serves.</summary>
    private static ScenarioApp Shop => new()
    {
        ResourceGroup = Group,
        Name = "web-shop",
        Tags = Owner("team-web"),
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(8080, [ArmParts.To("web-shop--0000030", 100)])),
        Template = ArmParts.Template("web-shop", ShopImage(30)),
        Revisions =
        [
            .. RevisionRow.Active(30, "p7c3m1q", Days(2), Days(3), ShopImage, index => index % 7 == 3 ? 1 : 0),
            RevisionRow.One("0000030", ShopImage(30), Hours(5), replicas: 4),
        ],
    };

    /// <summary>A canary in progress: 90 to stable, 10 to the canary; a labelled fallback at 0 %, and leftovers.</summary>
    private static ScenarioApp Checkout => new()
    {
        ResourceGroup = Group,
        Name = "web-checkout",
        Tags = Owner("team-pay"),
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(8080,
        [
            ArmParts.To("web-checkout--v2-14", 90, "stable"),
            ArmParts.To("web-checkout--v2-15", 10, "canary"),
            ArmParts.To("web-checkout--v2-12", 0, "previous"),
        ])),
        Template = ArmParts.Template("web-checkout", Registry + "checkout:2.15.0", minReplicas: 1),
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
    private static ScenarioApp Search => new()
    {
        ResourceGroup = Group,
        Name = "web-search",
        Tags = Owner("team-web"),
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(3000, [ArmParts.ToLatest(100)])),
        Template = ArmParts.Template("web-search", Registry + "search:0.9.3-rc"),
        Revisions =
        [
            RevisionRow.Inactive("m4t8b2z", Registry + "search:0.8.0", Days(60), Days(30)),
            RevisionRow.Inactive("0000001", Registry + "search:0.9.0", Days(30), Days(4)),
            RevisionRow.One("0000002", Registry + "search:0.9.1", Days(18), replicas: 0),
            RevisionRow.One("0000003", Registry + "search:0.9.2", Days(4), replicas: 2),
            RevisionRow.One("0000004", Registry + "search:0.9.3-rc", Minutes(50)) with { Outcome = StartOutcome.ImagePullFails },
        ],
    };

    /// <summary>One active revision reports a running state that nobody has heard of.</summary>
    private static ScenarioApp Account => new()
    {
        ResourceGroup = Group,
        Name = "web-account",
        Tags = Owner("team-web"),
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(8080, [ArmParts.To("web-account--0000003", 100)])),
        Template = ArmParts.Template("web-account", Registry + "account:3.3.0"),
        Revisions =
        [
            RevisionRow.One("d9w5q1x", Registry + "account:3.0.0", Days(70)) with { RunningState = "Rebalancing" },
            RevisionRow.One("0000001", Registry + "account:3.1.0", Days(28), replicas: 0),
            RevisionRow.One("0000002", Registry + "account:3.2.0", Days(16), replicas: 0),
            RevisionRow.One("0000003", Registry + "account:3.3.0", Days(1), replicas: 2),
        ],
    };

    /// <summary>More inactive revisions than maxInactiveRevisions allows: the platform purges late (ARM-FACTS 4.8).</summary>
    private static ScenarioApp Catalog => new()
    {
        ResourceGroup = Group,
        Name = "api-catalog",
        Tags = Owner("team-data"),
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(8080, [ArmParts.ToLatest(100)])),
        Template = ArmParts.Template("api-catalog", Registry + "catalog:build-4747", minReplicas: 2, maxReplicas: 2),
        Revisions =
        [
            .. RevisionRow.Inactive(104, "h1n6s8c", Days(5), Hours(20), index => $"{Registry}catalog:build-{4000 + (index * 7)}"),
            RevisionRow.One("0000104", Registry + "catalog:build-4733", Days(4), replicas: 2),
            RevisionRow.One("0000105", Registry + "catalog:build-4740", Days(2), replicas: 2),
            RevisionRow.One("0000106", Registry + "catalog:build-4747", Hours(9), replicas: 2),
        ],
    };

    /// <summary>West Europe, on a profile with GPUs; scales by HTTP, and most of it is asleep.</summary>
    private static ScenarioApp Images => new()
    {
        ResourceGroup = Group,
        Name = "api-images",
        Location = "West Europe",
        WorkloadProfileName = "gpu-t4",
        WorkloadProfileType = "Consumption-GPU-NC8as-T4",
        Configuration = ArmParts.Configuration("Multiple", ArmParts.Ingress(8080, [ArmParts.To("api-images--0000003", 100)])),
        Template = ArmParts.Template(
            "api-images",
            Registry + "images:2024.4",
            maxReplicas: 5,
            rules: """[{"name":"http-rule","http":{"metadata":{"concurrentRequests":"40"}}}]"""),
        Revisions = [.. RevisionRow.Active(4, "f3r7y0k", Days(8), Days(11), index => $"{Registry}images:2024.{index + 1}", _ => 0)],
    };

    /// <summary>A revision whose suffix the operator gave, so it stands in the template.</summary>
    private static ScenarioRevision Named(string suffix, string tag, TimeSpan age) =>
        RevisionRow.One(suffix, $"{Registry}checkout:{tag}", age) with { Template = new JsonObject { ["revisionSuffix"] = suffix } };

    private static string ShopImage(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{Registry}shop:5.{index / 4}.{index % 4}");

    private static JsonObject Owner(string team) => new() { ["owner"] = team };

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);
}
