using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Group rg-data: what works by events.</summary>
internal static class DataApps
{
    private const string Group = "rg-data";
    private const string Registry = "contosodata.azurecr.io/";

    /// <summary>What orders-worker, func-invoices and notifications live on; several revisions of each take from it (ARM-FACTS 5.3).</summary>
    internal static IReadOnlyList<ScenarioQueueLoad> Queues { get; } =
    [
        new ScenarioQueueLoad { Name = "orders", ArrivalsPerMinute = 40 },
        new ScenarioQueueLoad { Name = "invoices", ArrivalsPerMinute = 6 },
        new ScenarioQueueLoad { Name = "news/notifications", ArrivalsPerMinute = 12, DaprAppId = "notifications" },
    ];

    internal static IEnumerable<ScenarioApp> All => [OrdersWorker, Invoices, Notifications, Reports];

    /// <summary>
    /// A Service Bus worker without ingress. All three active revisions consume the queue, the two old ones too: their weight
    /// of 0 says nothing (ARM-FACTS 4.4, 5.3).
    /// </summary>
    private static ScenarioApp OrdersWorker => new()
    {
        ResourceGroup = Group,
        Name = "orders-worker",
        Tags = Owner("team-orders"),
        Configuration = ArmParts.Configuration("Multiple", secrets: ["servicebus-connection", "storage-key"]),
        Template = ArmParts.Template(
            "orders-worker",
            Registry + "orders-worker:4.3.0",
            maxReplicas: 8,
            rules: """
                [{"name":"orders-queue","custom":{"type":"azure-servicebus",
                  "metadata":{"queueName":"orders","namespace":"contoso-bus","messageCount":"20"},
                  "auth":[{"secretRef":"servicebus-connection","triggerParameter":"connection"}]}}]
                """,
            environment: """
                [{"name":"QUEUE_NAME","value":"orders"},{"name":"SERVICEBUS_CONNECTION","secretRef":"servicebus-connection"}]
                """),
        Revisions =
        [
            RevisionRow.Inactive("b8j2l5v", Registry + "orders-worker:4.0.0", Days(90), Days(55)),
            RevisionRow.One("0000001", Registry + "orders-worker:4.1.0", Days(55), replicas: 1),
            RevisionRow.One("0000002", Registry + "orders-worker:4.2.0", Days(21), replicas: 2),
            RevisionRow.One("0000003", Registry + "orders-worker:4.3.0", Days(2), replicas: 3),
        ],
    };

    /// <summary>Functions: ARM shows no scale rules, though the triggers scale and feed it (ARM-FACTS 8).</summary>
    private static ScenarioApp Invoices => new()
    {
        ResourceGroup = Group,
        Name = "func-invoices",
        Kind = "functionapp",
        Tags = Owner("team-orders"),
        Configuration = ArmParts.Configuration(
            "Multiple", ArmParts.Ingress(80, [ArmParts.To("func-invoices--0000004", 100)]), secrets: ["storage-connection"]),
        Template = ArmParts.Template(
            "func-invoices",
            Registry + "invoices:1.7.0",
            environment: """[{"name":"AzureWebJobsStorage","secretRef":"storage-connection"}]"""),
        Functions =
        [
            new ScenarioFunction { Name = "PreviewInvoice", TriggerType = "httpTrigger" },
            new ScenarioFunction { Name = "SendReminders", TriggerType = "timerTrigger", Source = "0 0 7 * * *" },
            new ScenarioFunction { Name = "CreateInvoice", TriggerType = "queueTrigger", Source = "invoices" },
        ],
        Revisions =
        [
            RevisionRow.One("w6e1u9n", Registry + "invoices:1.4.0", Days(47), replicas: 0),
            RevisionRow.One("0000001", Registry + "invoices:1.5.0", Days(15)),
            RevisionRow.One("0000002", Registry + "invoices:1.6.0", Days(11)),
            RevisionRow.One("0000003", Registry + "invoices:1.6.1", Days(9)),
            RevisionRow.One("0000004", Registry + "invoices:1.7.0", Days(5)),
        ],
    };

    /// <summary>A Dapr subscriber: the topic reaches the old revision as well (ARM-FACTS 5.3).</summary>
    private static ScenarioApp Notifications => new()
    {
        ResourceGroup = Group,
        Name = "notifications",
        Tags = Owner("team-orders"),
        Configuration = ArmParts.Configuration(
            "Multiple",
            ArmParts.Ingress(5000, [ArmParts.To("notifications--0000003", 100)], external: false),
            dapr: """{"enabled":true,"appId":"notifications","appProtocol":"http","appPort":5000}"""),
        Template = ArmParts.Template("notifications", Registry + "notifications:0.5.0", minReplicas: 1, maxReplicas: 1),
        Revisions =
        [
            RevisionRow.One("y5a3g7t", Registry + "notifications:0.3.0", Days(36)),
            RevisionRow.One("0000001", Registry + "notifications:0.4.0", Days(29)),
            RevisionRow.One("0000002", Registry + "notifications:0.4.1", Days(27)),
            RevisionRow.One("0000003", Registry + "notifications:0.5.0", Days(8)),
        ],
    };

    /// <summary>Single mode, woken by a clock, no ingress; asleep now.</summary>
    private static ScenarioApp Reports => new()
    {
        ResourceGroup = Group,
        Name = "reports",
        Location = "West Europe",
        Configuration = ArmParts.Configuration("Single"),
        Template = ArmParts.Template(
            "reports",
            Registry + "reports:13",
            maxReplicas: 1,
            rules: """
                [{"name":"nightly","custom":{"type":"cron",
                  "metadata":{"timezone":"Europe/Amsterdam","start":"0 2 * * *","end":"30 3 * * *","desiredReplicas":"1"}}}]
                """),
        Revisions =
        [
            RevisionRow.Inactive("c0o4i6p", Registry + "reports:11", Days(120), Days(64)),
            RevisionRow.Inactive("0000001", Registry + "reports:12", Days(64), Days(19)),
            RevisionRow.One("0000002", Registry + "reports:13", Days(19), replicas: 0),
        ],
    };

    private static JsonObject Owner(string team) => new() { ["owner"] = team };

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);
}
