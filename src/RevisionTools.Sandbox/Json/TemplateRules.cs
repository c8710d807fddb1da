using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>How the service completes a template, and what of it a revision keeps.</summary>
internal static class TemplateRules
{
    private const int DefaultMaxReplicas = 10;

    internal static string[] Fields { get; } =
        ["revisionSuffix", "terminationGracePeriodSeconds", "containers", "initContainers", "scale", "volumes", "serviceBinds"];

    /// <summary>The template as an app shows it once it is settled: defaults filled in, unset fields of containers dropped.</summary>
    internal static JsonObject Complete(JsonObject requested)
    {
        JsonObject template = [];
        foreach (string name in Fields)
        {
            template[name] = JsonFields.WithoutNulls(requested[name]);
        }

        template["revisionSuffix"] = JsonFields.Text(requested["revisionSuffix"]) ?? "";
        template["scale"] = CompleteScale(template["scale"] as JsonObject ?? []);
        foreach (JsonObject container in (template["containers"] as JsonArray ?? []).OfType<JsonObject>())
        {
            CompleteResources(container);
        }

        return template;
    }

    /// <summary>Whether two completed templates make the same revision; re-sending one makes none (ARM-FACTS 4.9).</summary>
    internal static bool IsSame(JsonObject one, JsonObject other) => JsonNode.DeepEquals(one, other);

    /// <summary>The template as the revision shows it: no computed storage, no defaults of the intervals, probes always there.</summary>
    internal static RevisionTemplate ForRevision(JsonObject completed)
    {
        JsonObject template = (JsonObject)completed.DeepClone();
        if (JsonFields.Text(template["revisionSuffix"]) is "")
        {
            template["revisionSuffix"] = null;
        }

        JsonObject scale = (JsonObject)template["scale"]!;
        JsonObject[] containers = [.. (template["containers"] as JsonArray ?? []).OfType<JsonObject>()];
        foreach (JsonObject container in containers)
        {
            (container["resources"] as JsonObject)?.Remove("ephemeralStorage");
            container.Remove("imageType");
            container.TryAdd("probes", new JsonArray());
        }

        return new RevisionTemplate
        {
            MinReplicas = JsonFields.Number(scale["minReplicas"]) ?? 0,
            MaxReplicas = JsonFields.Number(scale["maxReplicas"]) ?? DefaultMaxReplicas,
            Images = [.. containers.Select(container => JsonFields.Text(container["image"]) ?? "")],
            Containers = [.. containers.Select(container => JsonFields.Text(container["name"]) ?? "")],
            Json = JsonBytes.Of(writer => TemplateWriter.WriteRevision(writer, template)),
        };
    }

    private static JsonObject CompleteScale(JsonObject scale) => new()
    {
        ["minReplicas"] = scale["minReplicas"]?.DeepClone(),
        ["maxReplicas"] = scale["maxReplicas"]?.DeepClone() ?? DefaultMaxReplicas,
        ["cooldownPeriod"] = scale["cooldownPeriod"]?.DeepClone() ?? 300,
        ["pollingInterval"] = scale["pollingInterval"]?.DeepClone() ?? 30,
        ["rules"] = scale["rules"]?.DeepClone(),
    };

    /// <summary>ephemeralStorage is computed from the cores, whatever was sent (compare recording 08, index 26 and 32).</summary>
    private static void CompleteResources(JsonObject container)
    {
        JsonObject resources = container["resources"] as JsonObject ?? [];
        double cores = resources["cpu"] is JsonValue value && value.TryGetValue(out double cpu) ? cpu : 0.5;
        container["resources"] = new JsonObject
        {
            ["cpu"] = resources["cpu"]?.DeepClone() ?? 0.5,
            ["memory"] = resources["memory"]?.DeepClone() ?? "1Gi",
            ["ephemeralStorage"] = cores switch { <= 0.25 => "1Gi", <= 0.5 => "2Gi", <= 1 => "4Gi", _ => "8Gi" },
        };
    }
}
