namespace RevisionTools;

/// <summary>Something that gives an active revision work whatever its traffic weight.</summary>
/// <remarks>Only deactivation stops it.</remarks>
public sealed record EventConsumer
{
    /// <summary>What sort of thing it is.</summary>
    public required EventConsumerKind Kind { get; init; }

    /// <summary>
    /// The KEDA scaler (<c>azure-servicebus</c>, <c>azure-queue</c>, <c>cron</c> ...), or <c>dapr</c>, <c>process</c>. Of a function app
    /// the trigger (<c>queueTrigger</c>) where its functions were read, which a prune does, else <c>functions</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The scale rule's or the function's name, the Dapr application id or the app's name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue, topic and subscription, stream or schedule, where the rule says it.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// All that tells the source from others, as name=value: what <see cref="Source"/> says, and which storage account, namespace or server it
    /// is in. How a rule scales does not count. Null where the rule says nothing.
    /// </summary>
    public string? SourceId { get; init; }

    /// <summary>Whether it stands for functions that were not read: what it takes work from is not known, so nothing replaces it.</summary>
    internal bool IsOpaque => Kind == EventConsumerKind.FunctionApp && Type == OpaqueType;

    /// <summary>The <see cref="Type"/> of functions that were not read.</summary>
    internal const string OpaqueType = "functions";

    /// <summary>What two consumers share that take work from the same place; a rule may be called otherwise in another revision.</summary>
    internal string Key => $"{Kind}/{Type.ToLowerInvariant()}/{SourceId ?? Source ?? Name.ToLowerInvariant()}";

    /// <summary>Whether the other takes work from the same place.</summary>
    internal bool IsOfSameSource(EventConsumer other) => Key == other.Key;

    /// <summary>Whether the other takes work from what is called the same; it may be elsewhere.</summary>
    internal bool IsOfSameName(EventConsumer other) => Kind == other.Kind
        && string.Equals(Type, other.Type, StringComparison.OrdinalIgnoreCase) && (Source ?? Name) == (other.Source ?? other.Name);

    /// <summary>Type and source in short.</summary>
    public override string ToString() => Source is null ? $"{Type}:{Name}" : $"{Type}:{Source}";
}
