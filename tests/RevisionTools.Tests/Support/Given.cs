using RevisionTools.Lifecycle;

namespace RevisionTools.Tests.Support;

/// <summary>Apps and revisions for tests of the pure folders: healthy and unremarkable unless a test says otherwise.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public const string AppName = "web-shop";

    public static ContainerApp App(string mode = "Multiple", params TrafficEntry[] traffic) => new()
    {
        Name = AppName,
        ResourceGroupName = "rg-shop",
        SubscriptionId = "00000000-0000-0000-0000-000000000001",
        ResourceId = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shop/providers/Microsoft.App/containerapps/web-shop",
        RevisionMode = mode,
        IngressEnabled = true,
        Traffic = traffic,
    };

    public static RevisionResource Resource(int number, TimeSpan? age = null) => new()
    {
        Name = NameOf(number),
        Active = true,
        ProvisioningState = "Provisioned",
        RunningState = "Running",
        HealthState = "Healthy",
        Replicas = 1,
        CreatedTime = Now - (age ?? TimeSpan.FromDays(100 - number)),
    };

    public static string NameOf(int number) => $"{AppName}--{number:0000000}";

    public static TrafficEntry To(int number, int weight, string? label = null) => new() { RevisionName = NameOf(number), Weight = weight, Label = label };

    public static TrafficEntry ToLatest(int weight) => new() { LatestRevision = true, Weight = weight };

    public static AppSnapshot Snapshot(ContainerApp app, params RevisionResource[] resources) =>
        new(app, resources.Select(resource => RevisionJoin.Join(app, resource)));

    /// <summary>An app in multiple mode whose newest revision is ready and gets all the traffic by name.</summary>
    public static AppSnapshot Shop(int revisions, Func<RevisionResource, RevisionResource>? change = null)
    {
        var app = App(traffic: To(revisions, 100)) with { LatestRevisionName = NameOf(revisions), LatestReadyRevisionName = NameOf(revisions) };
        return Snapshot(app, [.. Enumerable.Range(1, revisions).Select(number => (change ?? (same => same))(Resource(number)))]);
    }
}
