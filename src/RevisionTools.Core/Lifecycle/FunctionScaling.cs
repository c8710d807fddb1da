namespace RevisionTools.Lifecycle;

/// <summary>What the triggers of functions scale on, and whether they take work past the traffic weights.</summary>
/// <remarks>ARM-FACTS sections 5.3 and 8: the platform makes scale rules of the triggers, and Azure shows them nowhere.</remarks>
internal static class FunctionScaling
{
    public const string UnknownSource = "unknown";

    private const string Http = "httpTrigger";

    private static readonly Dictionary<string, string> s_sources = new(StringComparer.OrdinalIgnoreCase)
    {
        [Http] = "requests",
        ["timerTrigger"] = "schedule",
        ["queueTrigger"] = "storage queue",
        ["blobTrigger"] = "storage blob",
        ["serviceBusTrigger"] = "service bus queue or topic",
        ["eventHubTrigger"] = "event hub",
        ["eventGridTrigger"] = "event grid topic",
        ["cosmosDBTrigger"] = "cosmos db change feed",
        ["kafkaTrigger"] = "kafka topic",
        ["rabbitMQTrigger"] = "rabbitmq queue",
        ["redisListTrigger"] = "redis list",
        ["redisPubSubTrigger"] = "redis channel",
        ["redisStreamTrigger"] = "redis stream",
        ["sqlTrigger"] = "sql change tracking",
        ["mysqlTrigger"] = "mysql change tracking",
        ["signalRTrigger"] = "signalr messages",
        ["webPubSubTrigger"] = "web pubsub messages",
        ["daprBindingTrigger"] = "dapr binding",
        ["daprServiceInvocationTrigger"] = "dapr invocation",
        ["daprTopicTrigger"] = "dapr topic",
        ["orchestrationTrigger"] = "durable task hub",
        ["activityTrigger"] = "durable task hub",
        ["entityTrigger"] = "durable task hub",
        ["mcpToolTrigger"] = "tool calls",
    };

    /// <summary>What a revision scales on for a function with the trigger.</summary>
    public static string ScaleSource(string? triggerType) => s_sources.GetValueOrDefault(triggerType ?? "", UnknownSource);

    /// <summary>In doubt it does: an idle revision that is kept costs less than a lost consumer.</summary>
    public static bool ConsumesEvents(string? triggerType) => !string.Equals(triggerType, Http, StringComparison.OrdinalIgnoreCase);
}
