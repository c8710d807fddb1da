namespace RevisionTools.Sandbox;

/// <summary>Group rg-data: what works by events.</summary>
internal static class DataApps
{
    private const string Group = "rg-data";
    private const string Registry = "contosodata.azurecr.io/";

    internal static IEnumerable<FleetApp> All => [OrdersWorker, Invoices, Notifications, Reports];

    /// <summary>
    /// A Service Bus worker without ingress. All three active revisions consume the queue, the two old ones too: their weight
    /// of 0 says nothing (ARM-FACTS 4.4, 5.3).
    /// </summary>
    private static FleetApp OrdersWorker => new()
    {
        Group = Group,
        Name = "orders-worker",
        Image = Registry + "orders-worker",
        Owner = "team-orders",
        MaxReplicas = 8,
        Secrets = ["servicebus-connection", "storage-key"],
        Environment = """
            [{"name":"QUEUE_NAME","value":"orders"},{"name":"SERVICEBUS_CONNECTION","secretRef":"servicebus-connection"}]
            """,
        Rules = """
            [{"name":"orders-queue","custom":{"type":"azure-servicebus",
              "metadata":{"queueName":"orders","namespace":"contoso-bus","messageCount":"20"},
              "auth":[{"secretRef":"servicebus-connection","triggerParameter":"connection"}]}}]
            """,
        Revisions =
        [
            new FleetRevision("b8j2l5v", "4.0.0", Days(90), Replicas: 0) { Inactive = Days(55) },
            new FleetRevision("0000001", "4.1.0", Days(55), Replicas: 1),
            new FleetRevision("0000002", "4.2.0", Days(21), Replicas: 2),
            new FleetRevision("0000003", "4.3.0", Days(2), Replicas: 3),
        ],
    };

    /// <summary>Functions: ARM shows no scale rules, though the triggers scale and feed it (ARM-FACTS 8).</summary>
    private static FleetApp Invoices => new()
    {
        Group = Group,
        Name = "func-invoices",
        Kind = "functionapp",
        Image = Registry + "invoices",
        Owner = "team-orders",
        Port = 80,
        Traffic = [new(100, "0000004")],
        Secrets = ["storage-connection"],
        Environment = """[{"name":"AzureWebJobsStorage","secretRef":"storage-connection"}]""",
        Revisions =
        [
            new FleetRevision("w6e1u9n", "1.4.0", Days(47), Replicas: 0),
            new FleetRevision("0000001", "1.5.0", Days(15)),
            new FleetRevision("0000002", "1.6.0", Days(11)),
            new FleetRevision("0000003", "1.6.1", Days(9)),
            new FleetRevision("0000004", "1.7.0", Days(5)),
        ],
    };

    /// <summary>A Dapr subscriber: the topic reaches the old revision as well (ARM-FACTS 5.3).</summary>
    private static FleetApp Notifications => new()
    {
        Group = Group,
        Name = "notifications",
        Image = Registry + "notifications",
        Owner = "team-orders",
        Port = 5000,
        External = false,
        MinReplicas = 1,
        MaxReplicas = 1,
        Traffic = [new(100, "0000003")],
        Dapr = """{"enabled":true,"appId":"notifications","appProtocol":"http","appPort":5000}""",
        Revisions =
        [
            new FleetRevision("y5a3g7t", "0.3.0", Days(36)),
            new FleetRevision("0000001", "0.4.0", Days(29)),
            new FleetRevision("0000002", "0.4.1", Days(27)),
            new FleetRevision("0000003", "0.5.0", Days(8)),
        ],
    };

    /// <summary>Single mode, woken by a clock, no ingress; asleep now.</summary>
    private static FleetApp Reports => new()
    {
        Group = Group,
        Name = "reports",
        Location = "West Europe",
        Image = Registry + "reports",
        Mode = "Single",
        MaxReplicas = 1,
        Rules = """
            [{"name":"nightly","custom":{"type":"cron",
              "metadata":{"timezone":"Europe/Amsterdam","start":"0 2 * * *","end":"30 3 * * *","desiredReplicas":"1"}}}]
            """,
        Revisions =
        [
            new FleetRevision("c0o4i6p", "11", Days(120), Replicas: 0) { Inactive = Days(64) },
            new FleetRevision("0000001", "12", Days(64), Replicas: 0) { Inactive = Days(19) },
            new FleetRevision("0000002", "13", Days(19), Replicas: 0),
        ],
    };

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);
}
