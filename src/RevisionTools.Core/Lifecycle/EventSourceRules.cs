namespace RevisionTools.Lifecycle;

/// <summary>Tells the sources of scale rules apart: two queues of one name in two storage accounts are two sources.</summary>
/// <remarks>
/// What is known to tune a scaler does not count; all else does. An entry that nobody has heard of then makes two rules differ, which keeps
/// a revision, and not equal, which would lose events.
/// </remarks>
internal static class EventSourceRules
{
    // How a scaler counts, connects and decides, not where it looks.
    private static readonly HashSet<string> s_tuning = new(StringComparer.OrdinalIgnoreCase)
    {
        "value", "mode", "threshold", "desiredReplicas", "queueLengthStrategy", "metricName", "metricType", "triggerMetadata", "operation", "timeout",
        "pageSize", "includeUnacked", "excludeUnacknowledged", "excludePersistentLag", "limitToPartitionsWithLag", "allowIdleConsumers",
        "offsetResetPolicy", "scaleToZeroOnInvalidOffset", "ensureEvenDistributionOfPartitions", "version", "visibilityTimeout", "useRegex",
        "checkpointStrategy", "tls", "unsafeSsl", "enableTLS", "sasl", "identityOwner", "subscriptionSize", "scaleOnInFlight", "scaleOnDelayed",
        "messagesPerReplica", "identity",
    };

    // The parameters by which a secret says where the source is; others, such as a password, only let one in.
    private static readonly HashSet<string> s_places = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "connectionString", "storageConnection", "host", "hosts", "address", "addresses", "endpoint", "brokerAddress", "serverAddress",
        "bootstrapServers", "url", "server",
    };

    /// <summary>Everything that tells a rule's source from others, as name=value in order of names; null where the rule says nothing.</summary>
    public static string? Of(ScaleRule rule)
    {
        // Azure's own services do not mind case; a Kafka topic or a Redis list does.
        var ignoresCase = rule.Type.StartsWith("azure-", StringComparison.OrdinalIgnoreCase);
        var parts = rule.Metadata.Where(entry => entry.Value.Length > 0 && !IsTuning(entry.Key))
            .Select(entry => $"{entry.Key.ToLowerInvariant()}={(ignoresCase || IsPlace(entry.Key) ? entry.Value.ToLowerInvariant() : entry.Value)}")
            .Concat(rule.Secrets.Where(secret => IsPlace(secret.Key))
                .Select(secret => $"{secret.Key.ToLowerInvariant()} from secret {secret.Value.ToLowerInvariant()}"))
            .Order(StringComparer.Ordinal);
        var id = string.Join("; ", parts);
        return id.Length == 0 ? null : id;
    }

    private static bool IsPlace(string key) => s_places.Contains(key) || key.EndsWith("FromEnv", StringComparison.OrdinalIgnoreCase)
        || key.Equals("namespace", StringComparison.OrdinalIgnoreCase) || key.Equals("accountName", StringComparison.OrdinalIgnoreCase);

    private static bool IsTuning(string key) => s_tuning.Contains(key)
        || key.StartsWith("activation", StringComparison.OrdinalIgnoreCase) || key.StartsWith("target", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("Threshold", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Count", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("Length", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Value", StringComparison.OrdinalIgnoreCase);
}
