using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Reads the rules of a scale: one of azureQueue, custom, http, tcp each (ARM-FACTS 5.1).</summary>
internal static class ScaleRules
{
    /// <summary>The key of the source in a scaler's metadata, and of the consumer group beside it.</summary>
    private static readonly (string Source, string? Group)[] s_sources =
    [
        ("queueName", null), ("topicName", "subscriptionName"), ("topic", "consumerGroup"), ("eventHubName", "consumerGroup"),
    ];

    /// <summary>How many waiting messages one replica is for: the keys of the scalers, and their defaults.</summary>
    private static readonly (string Key, int Standard)[] s_thresholds =
    [
        ("messageCount", 5), ("queueLength", 5), ("value", 20), ("lagThreshold", 10), ("unprocessedEventThreshold", 64),
    ];

    /// <summary>The event work that a rule names; null for rules by requests, processor and memory.</summary>
    internal static EventTrigger? Trigger(JsonObject rule)
    {
        var name = JsonFields.Text(rule["name"]) ?? "";
        if (rule["azureQueue"] is JsonObject queue)
        {
            return JsonFields.Text(queue["queueName"]) is { } source ? EventTrigger.OfQueue(name, source, Threshold("azure-queue", queue)) : null;
        }

        if (rule["custom"] is not JsonObject custom || custom["metadata"] is not JsonObject metadata)
        {
            return null;
        }

        var type = JsonFields.Text(custom["type"]) ?? "";
        return type.Equals("cron", StringComparison.OrdinalIgnoreCase)
            ? Window(name, metadata)
            : Source(metadata) is { } named ? EventTrigger.OfQueue(name, named, Threshold(type, metadata)) : null;
    }

    /// <summary>concurrentRequests of an http rule, concurrentConnections of a tcp rule.</summary>
    internal static int? Concurrency(JsonObject rule) =>
        JsonFields.Number(Metadata(rule, "http")?["concurrentRequests"]) ??
        JsonFields.Number(Metadata(rule, "tcp")?["concurrentConnections"]);

    internal static bool IsOfResources(JsonObject rule) =>
        rule["custom"] is JsonObject custom && JsonFields.Text(custom["type"]) is "cpu" or "memory";

    private static JsonObject? Metadata(JsonObject rule, string kind) => (rule[kind] as JsonObject)?["metadata"] as JsonObject;

    /// <summary>Each subscription or consumer group gets all messages, so it is a source of its own: <c>topic/subscription</c>.</summary>
    private static string? Source(JsonObject metadata)
    {
        foreach ((var source, var group) in s_sources)
        {
            if (JsonFields.Text(metadata[source]) is { Length: > 0 } name)
            {
                return group is not null && JsonFields.Text(metadata[group]) is { Length: > 0 } own ? $"{name}/{own}" : name;
            }
        }

        return null;
    }

    private static int Threshold(string type, JsonObject metadata)
    {
        foreach ((var key, _) in s_thresholds)
        {
            if (JsonFields.Number(metadata[key]) is { } given and > 0)
            {
                return given;
            }
        }

        var usual = type.ToLowerInvariant() switch
        {
            "rabbitmq" => "value",
            "kafka" or "apache-kafka" => "lagThreshold",
            "azure-eventhub" => "unprocessedEventThreshold",
            _ => "messageCount",
        };
        return Array.Find(s_thresholds, threshold => threshold.Key == usual).Standard;
    }

    private static EventTrigger? Window(string name, JsonObject metadata)
    {
        var zone = JsonFields.Text(metadata["timezone"]);
        var start = WorkSchedule.Parse(JsonFields.Text(metadata["start"]), zone);
        var end = WorkSchedule.Parse(JsonFields.Text(metadata["end"]), zone);
        return start is null || end is null
            ? null
            : EventTrigger.OfWindow(name, start, end, Math.Max(1, JsonFields.Number(metadata["desiredReplicas"]) ?? 1));
    }
}
