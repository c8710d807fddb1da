namespace RevisionTools.Lifecycle;

/// <summary>Says what would still feed a revision at 0 % traffic.</summary>
/// <remarks>ARM-FACTS 5.1, 5.3 and 8. In doubt something is named: an idle revision that is kept costs less than a lost consumer.</remarks>
internal static class EventConsumerRules
{
    // These scale on what ingress brings or on the load that other work makes; they are no source of work.
    private static readonly HashSet<string> s_notSources = new(StringComparer.OrdinalIgnoreCase) { "http", "tcp", "cpu", "memory" };

    // Where the usual scalers say what they listen to, in the order in which the parts read best.
    private static readonly string[] s_sourceKeys =
    [
        "queueName", "topicName", "topic", "subscriptionName", "subscription", "eventHubName", "consumerGroup", "streamName", "stream",
        "channelName", "listName", "blobContainerName", "collection", "query", "timezone", "start",
    ];

    public static IReadOnlyList<EventConsumer> Of(ContainerApp app, RevisionResource revision)
    {
        List<EventConsumer> consumers = [];
        consumers.AddRange(revision.ScaleRules.Select(rule => Of(rule, revision.Name)).OfType<EventConsumer>());

        if (app.IsFunctionApp)
        {
            consumers.Add(new EventConsumer { Kind = EventConsumerKind.FunctionApp, Type = EventConsumer.OpaqueType, Name = app.Name });
        }

        if (app.DaprEnabled)
        {
            consumers.Add(new EventConsumer { Kind = EventConsumerKind.Dapr, Type = "dapr", Name = app.DaprAppId ?? app.Name });
        }

        return AtLeastTheProcess(app, consumers);
    }

    /// <summary>What nothing calls and nothing feeds, as far as is known, works by itself.</summary>
    public static IReadOnlyList<EventConsumer> AtLeastTheProcess(ContainerApp app, IReadOnlyList<EventConsumer> consumers) => app.IngressEnabled || consumers.Count > 0
        ? consumers
        : [new EventConsumer { Kind = EventConsumerKind.NoIngress, Type = "process", Name = app.Name }];

    /// <summary>What a scale rule consumes; null for one that is no source of work.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="revisionName">The revision that has it; null for one of a template, of which only the words are looked at.</param>
    public static EventConsumer? Of(ScaleRule rule, string? revisionName = null) => s_notSources.Contains(rule.Type)
        ? null
        : new EventConsumer
        {
            Kind = EventConsumerKind.ScaleRule,
            Type = rule.Type,
            Name = rule.Name,
            Source = SourceOf(rule),
            SourceId = EventSourceRules.Of(rule, revisionName),
        };

    private static string? SourceOf(ScaleRule rule)
    {
        var parts = s_sourceKeys.Select(key => rule.Metadata.GetValueOrDefault(key)).Where(value => !string.IsNullOrEmpty(value));
        var source = string.Join('/', parts);
        return source.Length == 0 ? null : source;
    }
}
