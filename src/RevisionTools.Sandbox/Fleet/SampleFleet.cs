namespace RevisionTools.Sandbox;

/// <summary>
/// The fleet to learn and test on: a web shop (<c>rg-shop</c>) and its workers (<c>rg-data</c>). The apps are in
/// <see cref="ShopApps"/> and <see cref="DataApps"/>.
/// </summary>
internal static class SampleFleet
{
    internal const string SubscriptionId = "5a4db0c5-0000-4000-8000-00000000a11a";
    internal const string TenantId = "7e4a47f0-0000-4000-8000-00000000c0de";

    internal static void AddTo(SandboxTenant tenant, DateTimeOffset now)
    {
        FleetBuilder builder = new(tenant, now);
        foreach (var app in ShopApps.All.Concat(DataApps.All))
        {
            builder.Add(app);
        }
    }
}
