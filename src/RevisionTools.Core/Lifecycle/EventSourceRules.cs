namespace RevisionTools.Lifecycle;

/// <summary>Tells the sources of scale rules apart: two queues of one name in two storage accounts are two sources.</summary>
/// <remarks>
/// What is known to tune a scaler does not count; all else does. An entry that nobody has heard of then makes two rules differ, which keeps
/// a revision, and not equal, which would lose events. Likewise a variable of the container that cannot be looked up is one of its revision alone.
/// </remarks>
internal static class EventSourceRules
{
    private const string FromVariable = "FromEnv";

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

    // What lets a scaler in, by the ends of the parameters' names. Where it comes from says nothing of the place, and it is none to take a digest of.
    private static readonly string[] s_credentials = ["password", "passphrase", "username", "token", "key", "keyId", "secret", "sas"];

    /// <summary>Everything that tells a rule's source from others, as name=value in order of names; null where the rule says nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="revisionName">The revision that has it.</param>
    public static string? Of(ScaleRule rule, string? revisionName)
    {
        // Azure's own services do not mind case; a Kafka topic or a Redis list does.
        var ignoresCase = rule.Type.StartsWith("azure-", StringComparison.OrdinalIgnoreCase);
        var parts = rule.Metadata.Where(entry => entry.Value.Length > 0 && !IsTuning(entry.Key))
            .Select(entry => IsPlaceFromVariable(entry.Key)
                ? $"{entry.Key.ToLowerInvariant()} from {rule.Variables.GetValueOrDefault(entry.Value) ?? $"variable {entry.Value} of {revisionName}"}"
                : $"{entry.Key.ToLowerInvariant()}={(ignoresCase || IsPlace(entry.Key) ? entry.Value.ToLowerInvariant() : entry.Value)}")
            .Concat(rule.Secrets.Where(secret => IsPlace(secret.Key))
                .Select(secret => $"{secret.Key.ToLowerInvariant()} from secret {secret.Value.ToLowerInvariant()}"))
            .Order(StringComparer.Ordinal);
        var id = string.Join("; ", parts);
        return id.Length == 0 ? null : id;
    }

    /// <summary>Whether the entry names a variable of the container that says where the source is.</summary>
    public static bool IsPlaceFromVariable(string key) => key.EndsWith(FromVariable, StringComparison.OrdinalIgnoreCase)
        && !s_credentials.Any(word => key.AsSpan(0, key.Length - FromVariable.Length).EndsWith(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsPlace(string key) => s_places.Contains(key)
        || key.Equals("namespace", StringComparison.OrdinalIgnoreCase) || key.Equals("accountName", StringComparison.OrdinalIgnoreCase);

    private static bool IsTuning(string key) => s_tuning.Contains(key)
        || key.StartsWith("activation", StringComparison.OrdinalIgnoreCase) || key.StartsWith("target", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("Threshold", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Count", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("Length", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Value", StringComparison.OrdinalIgnoreCase);
}
