using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>The fields of an app, by type: their right spelling, which of them only Azure writes, and which nobody has heard of.</summary>
/// <remarks>ARM-FACTS appendix A, preview fields too. After a field stands its type, <c>*</c> where anything may be in it, and <c>!</c> where only Azure writes it.</remarks>
internal sealed class AppFields
{
    public const string App = "App";
    public const string Properties = "Properties";
    public const string Template = "Template";

    private static readonly Dictionary<string, Dictionary<string, Field>> s_types = new()
    {
        [App] = Fields("extendedLocation:* id! identity:* kind location managedBy name! properties:Properties systemData:*! tags:* type! eTag!"),
        [Properties] = Fields(
            "configuration:Configuration customDomainVerificationId! delegatedIdentities! deploymentErrors! environmentId eventStreamEndpoint! latestReadyRevisionName! "
            + "latestRevisionFqdn! latestRevisionName! managedEnvironmentId outboundIpAddresses! patchingConfiguration:* patchingMode provisioningState! runningStatus! "
            + "template:Template workloadProfileName workloadProfileType"),
        ["Configuration"] = Fields(
            "activeRevisionsMode dapr:Dapr identitySettings:* ingress:Ingress maxInactiveRevisions registries:Registry revisionTransitionThreshold runtime:* secrets:Secret service:* targetLabel"),
        ["Ingress"] = Fields(
            "additionalPortMappings:* allowInsecure clientCertificateMode corsPolicy:* customDomains:* exposedPort external fqdn! ipSecurityRestrictions:* stickySessions:* targetPort "
            + "targetPortHttpScheme traffic:Traffic transport"),
        ["Traffic"] = Fields("label latestRevision revisionName weight"),
        ["Secret"] = Fields("identity keyVaultUrl name value"),
        ["Registry"] = Fields("identity passwordSecretRef server username"),
        ["Dapr"] = Fields("appHealth:* appId appPort appProtocol enableApiLogging enabled httpMaxRequestSize httpReadBufferSize logLevel maxConcurrency"),
        [Template] = Fields("containers:Container initContainers:Container revisionSuffix scale:Scale serviceBinds:* terminationGracePeriodSeconds volumes:Volume"),
        ["Container"] = Fields("args command env:Variable image imageType name probes:Probe resources:Resources volumeMounts:Mount"),
        ["Variable"] = Fields("name secretRef value"),
        ["Resources"] = Fields("cpu ephemeralStorage! gpu memory"),
        ["Mount"] = Fields("mountPath subPath volumeName"),
        ["Probe"] = Fields(
            "failureThreshold httpGet:HttpGet initialDelaySeconds periodSeconds successThreshold tcpSocket:Socket terminationGracePeriodSeconds timeoutSeconds type"),
        ["HttpGet"] = Fields("host httpHeaders:* path port scheme"),
        ["Socket"] = Fields("host port"),
        ["Volume"] = Fields("mountOptions name secrets:* storageName storageType"),
        ["Scale"] = Fields("allowScalingRuleOverride cooldownPeriod maxReplicas minReplicas pollingInterval rules:Rule"),
        ["Rule"] = Fields("azureQueue:Queue custom:Scaler http:Scaler name tcp:Scaler"),
        ["Queue"] = Fields("accountName auth:Auth identity queueLength queueName"),
        ["Scaler"] = Fields("auth:Auth identity metadata:* type"),
        ["Auth"] = Fields("secretRef triggerParameter"),
    };

    private readonly List<string> _unknown = [];
    private readonly List<string> _readOnly = [];

    /// <summary>Paths of fields that no version is known to have.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Paths of fields that Azure writes, and does not take.</summary>
    public IReadOnlyList<string> ReadOnly => _readOnly;

    public static bool Has(string type, string name) => s_types[type].ContainsKey(name);

    /// <summary>The document with its fields spelled as Azure spells them; it compares them without case.</summary>
    public JsonObject Read(JsonObject document, string type) => ReadObject(document, type, "");

    private JsonObject ReadObject(JsonObject fields, string type, string path)
    {
        JsonObject read = [];
        foreach (var (written, value) in fields)
        {
            var below = path.Length == 0 ? written : $"{path}.{written}";
            if (!s_types[type].TryGetValue(written, out var field))
            {
                _unknown.Add(SafeText.Clean(below));
                read[written] = value?.DeepClone();
                continue;
            }

            below = below[..^written.Length] + field.Name;
            if (field.IsReadOnly)
            {
                _readOnly.Add(below);
            }

            read[field.Name] = ReadValue(value, field.Type, below);
        }

        return read;
    }

    private JsonNode? ReadValue(JsonNode? value, string? type, string path) => value switch
    {
        JsonObject fields when type is not (null or "*") => ReadObject(fields, type, path),
        JsonArray items when type is not (null or "*") => new JsonArray([.. items.Select(item => ReadValue(item, type, path))]),
        _ => value?.DeepClone(),
    };

    private static Dictionary<string, Field> Fields(string text) => text.Split(' ').Select(Field.Parse)
        .ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    private sealed record Field(string Name, string? Type, bool IsReadOnly)
    {
        public static Field Parse(string text)
        {
            var parts = text.TrimEnd('!').Split(':');
            return new Field(parts[0], parts.ElementAtOrDefault(1), text.EndsWith('!'));
        }
    }
}
