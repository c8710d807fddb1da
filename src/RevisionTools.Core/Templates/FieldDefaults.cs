namespace RevisionTools.Templates;

/// <summary>What Azure takes where a field is absent, and which fields say nothing about what was asked for.</summary>
/// <remarks>
/// ARM-FACTS appendix A, 4.2, 4.3, 4.8 and 5.1. Shapes are paths with <c>[]</c> for any item of a list. Numbers are written as
/// <see cref="TemplateJson.Format"/> writes them.
/// </remarks>
internal static class FieldDefaults
{
    private static readonly Dictionary<string, string> s_defaults = new()
    {
        ["scale.minReplicas"] = "0",
        ["scale.maxReplicas"] = TemplateJson.Format(ScaleDefaults.MaxReplicas),
        ["scale.cooldownPeriod"] = "300",
        ["scale.pollingInterval"] = "30",
        ["terminationGracePeriodSeconds"] = "30",
        ["containers[].resources.cpu"] = "0.5",
        ["containers[].resources.memory"] = "1Gi",
        ["containers[].probes[].failureThreshold"] = "3",
        ["containers[].probes[].periodSeconds"] = "10",
        ["containers[].probes[].successThreshold"] = "1",
        ["containers[].probes[].timeoutSeconds"] = "1",
        ["containers[].probes[].httpGet.scheme"] = "HTTP",
        ["volumes[].storageType"] = "EmptyDir",
        ["configuration.activeRevisionsMode"] = "Single",
        ["configuration.maxInactiveRevisions"] = "100",
        ["configuration.ingress.external"] = "false",
        ["configuration.ingress.transport"] = "Auto",
        ["configuration.ingress.allowInsecure"] = "false",
        ["configuration.ingress.exposedPort"] = "0",
        ["configuration.ingress.stickySessions.affinity"] = "none",
        ["configuration.ingress.traffic[].weight"] = "0",
        ["configuration.ingress.traffic[].latestRevision"] = "false",
        ["configuration.dapr.enabled"] = "false",
        ["configuration.dapr.appProtocol"] = "http",
        ["configuration.dapr.enableApiLogging"] = "false",
    };

    // Azure writes these in its own case, whatever was sent (ARM-FACTS 3.1).
    private static readonly HashSet<string> s_caseless =
    [
        "containers[].probes[].type", "containers[].probes[].httpGet.scheme", "volumes[].storageType", "configuration.activeRevisionsMode",
        "configuration.ingress.transport", "configuration.ingress.stickySessions.affinity", "configuration.ingress.clientCertificateMode",
        "configuration.dapr.appProtocol", "configuration.dapr.logLevel",
    ];

    // The suffix names a revision and is no part of what it does; the others are Azure's own words, or secret.
    private static readonly HashSet<string> s_ignored =
    [
        "revisionSuffix", "containers[].resources.ephemeralStorage", "initContainers[].resources.ephemeralStorage", "containers[].imageType",
        "initContainers[].imageType", "configuration.ingress.fqdn", "configuration.secrets[].value",
    ];

    /// <summary>The default, or null where the field has none.</summary>
    public static string? Of(string shape) => s_defaults.GetValueOrDefault(shape);

    public static bool IsIgnored(string shape) => s_ignored.Contains(shape);

    public static bool IsCaseless(string shape) => s_caseless.Contains(shape);

    /// <summary>Numbers here, but for zeros at the end, are what is written before the unit.</summary>
    public static bool IsQuantity(string shape) => shape.EndsWith(".resources.memory", StringComparison.Ordinal);

    /// <summary>Texts whatever they were written as, since Azure stores them so.</summary>
    public static bool IsText(string shape) => shape.Contains(".metadata.", StringComparison.Ordinal) || shape.EndsWith(".env[].value", StringComparison.Ordinal);

    /// <summary>That it is there says something, even with nothing in it: it is the type of a scale rule.</summary>
    public static bool IsMarker(string shape) => shape is "scale.rules[].http" or "scale.rules[].tcp" or "scale.rules[].custom" or "scale.rules[].azureQueue";
}
