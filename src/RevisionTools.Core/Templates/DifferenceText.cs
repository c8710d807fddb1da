using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Values of templates as they are shown. What may be confidential is shown only to who asks for it.</summary>
internal sealed class DifferenceText(bool includeValue)
{
    public string? Of(JsonNode? node, string shape)
    {
        var text = node switch
        {
            null => null,
            JsonObject item => OfItem(item, shape),
            _ => OfValue(node, shape),
        };
        return text is null ? null : SafeText.Clean(text);
    }

    // Also where they are not of the shape that Azure takes.
    private static readonly HashSet<string> s_confidential = ["env", "httpHeaders"];

    private string OfItem(JsonObject item, string shape) => ListOf(shape) switch
    {
        "env" => OfVariable(item),
        "containers" or "initContainers" => Field(item, "image"),
        "rules" => ScaleRuleReader.ConsumerOf(item)?.ToString() ?? ScaleRuleReader.Of(item).Type,
        "probes" => OfProbe(item),
        "volumeMounts" => Field(item, "mountPath"),
        "volumes" => string.Join(' ', new[] { Field(item, "storageType"), Field(item, "storageName") }.Where(part => part.Length > 0).DefaultIfEmpty("EmptyDir")),
        "auth" => Field(item, "secretRef"),
        "httpHeaders" => includeValue ? Field(item, "value") : RevisionDifference.Hidden,
        "serviceBinds" => Field(item, "serviceId"),
        "secrets" => item["secretRef"] is null ? Field(item, "keyVaultUrl") is { Length: > 0 } vault ? vault : Field(item, "name") : Field(item, "secretRef"),
        "traffic" => $"{(item["weight"] is null ? "0" : Field(item, "weight"))} %{(item["label"] is null ? "" : $" ({Field(item, "label")})")}",
        "registries" => Field(item, "server"),
        "customDomains" => Field(item, "name"),
        "identitySettings" => Field(item, "identity"),
        "additionalPortMappings" => Field(item, "targetPort"),
        "ipSecurityRestrictions" => $"{Field(item, "action")} {Field(item, "ipAddressRange")}".Trim(),
        _ => includeValue ? item.ToJsonString() : RevisionDifference.Hidden,
    };

    private string OfVariable(JsonObject variable) => TemplateJson.Text(variable["secretRef"]) is { } secret
        ? $"secretref:{secret}"
        : includeValue ? Field(variable, "value") : RevisionDifference.Hidden;

    private static string OfProbe(JsonObject probe) => probe switch
    {
        _ when probe["httpGet"] is JsonObject http => $"httpGet :{Field(http, "port")}{Field(http, "path")}",
        _ when probe["tcpSocket"] is JsonObject socket => $"tcpSocket :{Field(socket, "port")}",
        _ => Field(probe, "type"),
    };

    /// <summary>What looks like a secret in the metadata of a scale rule is shown to nobody.</summary>
    private string OfValue(JsonNode node, string shape)
    {
        if (!includeValue && shape.Split('.').Any(part => s_confidential.Contains(part.TrimEnd('[', ']'))))
        {
            return RevisionDifference.Hidden;
        }

        var text = TemplateJson.Text(node) ?? node.ToJsonString();
        var isSecret = shape.Contains(".metadata.", StringComparison.Ordinal) && ScaleMetadata.IsSecret(shape[(shape.LastIndexOf('.') + 1)..], text);
        return isSecret ? RevisionDifference.Hidden : text;
    }

    private static string Field(JsonObject item, string name) => TemplateJson.Text(item[name]) ?? item[name]?.ToJsonString() ?? "";

    /// <summary>The name of the list that an item of this shape stands in.</summary>
    private static string ListOf(string shape) => shape.EndsWith("[]", StringComparison.Ordinal) ? shape[(shape.LastIndexOf('.') + 1)..^2] : "";
}
