using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>A queue, or a subscription of a topic, with what comes to it.</summary>
public sealed record ScenarioQueueLoad
{
    /// <summary>Its name; <c>topic/subscription</c> where messages come by a topic, likewise for a consumer group.</summary>
    public required string Name { get; init; }

    /// <summary>How many messages come each minute.</summary>
    public double ArrivalsPerMinute { get; init; }

    /// <summary>How many messages wait at the start.</summary>
    public long Waiting { get; init; }

    /// <summary>The Dapr app that subscribes to it; Azure shows no subscriptions.</summary>
    public string? DaprAppId { get; init; }

    /// <summary>The part of a message that has come since the last whole one; written by an export.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Arriving { get; init; }
}
