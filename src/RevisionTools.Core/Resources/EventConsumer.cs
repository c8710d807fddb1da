namespace RevisionTools;

/// <summary>Something that gives an active revision work whatever its traffic weight.</summary>
/// <remarks>ARM-FACTS 5.3: only deactivation stops it.</remarks>
public sealed record EventConsumer
{
    /// <summary>What sort of thing it is.</summary>
    public required EventConsumerKind Kind { get; init; }

    /// <summary>The KEDA scaler (<c>azure-servicebus</c>, <c>azure-queue</c>, <c>cron</c> ...), or <c>dapr</c>, <c>functions</c>, <c>process</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The scale rule's name, the Dapr application id or the app's name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue, topic and subscription, stream or schedule, where the rule says it.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the other takes work from the same place; a rule may be called otherwise in another revision.</summary>
    internal bool IsOfSameSource(EventConsumer other) => Kind == other.Kind
        && string.Equals(Type, other.Type, StringComparison.OrdinalIgnoreCase) && (Source ?? Name) == (other.Source ?? other.Name);

    /// <summary>Type and source in short.</summary>
    public override string ToString() => Source is null ? $"{Type}:{Name}" : $"{Type}:{Source}";
}
