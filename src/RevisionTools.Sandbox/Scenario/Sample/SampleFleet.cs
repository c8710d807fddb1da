namespace RevisionTools.Sandbox;

/// <summary>
/// The fleet to learn and test on: a web shop (<c>rg-shop</c>) and its workers (<c>rg-data</c>). The apps are in
/// <see cref="ShopApps"/> and <see cref="DataApps"/>.
/// </summary>
internal static class SampleFleet
{
    internal const string SubscriptionId = "5a4db0c5-0000-4000-8000-00000000a11a";
    internal const string TenantId = "7e4a47f0-0000-4000-8000-00000000c0de";

    internal static SandboxScenario Scenario(int seed)
    {
        SandboxRandom random = new(seed);
        return new SandboxScenario
        {
            Seed = seed,
            SubscriptionId = SubscriptionId,
            TenantId = TenantId,
            Apps = [.. ShopApps.All.Concat(DataApps.All).Select(ArmParts.WithLogin).Select(app => app with
            {
                Revisions = [.. app.Revisions.Select(revision => WithJitter(revision, app.Name, random))],
            })],
            Queues = DataApps.Queues,
        };
    }

    private static ScenarioRevision WithJitter(ScenarioRevision revision, string app, SandboxRandom random) => revision with
    {
        CreatedTime = revision.CreatedTime.Earlier(Jitter(random, $"age/{app}/{revision.Suffix}")),
        LastActiveTime = revision.LastActiveTime?.Earlier(Jitter(random, $"stopped/{app}/{revision.Suffix}")),
    };

    /// <summary>Up to two minutes, so that times look like life.</summary>
    private static TimeSpan Jitter(SandboxRandom random, string purpose) => TimeSpan.FromSeconds(random.Between(0, 119, purpose));
}
