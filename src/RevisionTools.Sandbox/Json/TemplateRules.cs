using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>How the service completes a template, and what of it a revision keeps.</summary>
internal static class TemplateRules
{
    private const int DefaultMaxReplicas = 10;

    /// <summary>A revision has no more replicas than this, whatever its template says (ARM-FACTS 5.1).</summary>
    private const int MostReplicas = 1000;

    internal static string[] Fields { get; } =
        ["revisionSuffix", "terminationGracePeriodSeconds", "containers", "initContainers", "scale", "volumes", "serviceBinds"];

    /// <summary>The template as an app shows it once it is settled: defaults filled in, unset fields of containers dropped.</summary>
    internal static JsonObject Complete(JsonObject requested)
    {
        JsonObject template = [];
        foreach (var name in Fields)
        {
            template[name] = JsonFields.WithoutNulls(requested[name]);
        }

        template["revisionSuffix"] = JsonFields.Text(requested["revisionSuffix"]) ?? "";
        template["scale"] = CompleteScale(template["scale"] as JsonObject ?? []);
        foreach (var container in Containers(template))
        {
            // Told to preview api-versions only, and not a change of the template (recording 09, index 28).
            container.Remove("imageType");
            CompleteResources(container);
        }

        return template;
    }

    /// <summary>The template as it was sent, without what the service does not echo.</summary>
    internal static JsonObject Echo(JsonObject requested)
    {
        var template = (JsonObject)JsonFields.WithoutNulls(requested)!;
        foreach (var container in Containers(template).Where(container => container["resources"] is not null))
        {
            CompleteResources(container);
        }

        return template;
    }

    /// <summary>Whether two completed templates make the same revision; re-sending one makes none (ARM-FACTS 4.9).</summary>
    // unconfirmed: no recording re-sends a template as it is; that it makes no revision follows from what clients do (ARM-FACTS 4.9).
    internal static bool IsSame(JsonObject one, JsonObject other) => JsonNode.DeepEquals(one, other);

    /// <summary>The template as the revision shows it: no computed storage, no defaults of the intervals, probes always there.</summary>
    internal static RevisionTemplate ForRevision(JsonObject completed)
    {
        var template = (JsonObject)completed.DeepClone();
        if (JsonFields.Text(template["revisionSuffix"]) is "")
        {
            template["revisionSuffix"] = null;
        }

        var scale = (JsonObject)template["scale"]!;
        foreach (var rule in (scale["rules"] as JsonArray ?? []).OfType<JsonObject>())
        {
            KeepConcurrencyOnly(rule);
        }

        JsonObject[] containers = [.. Containers(template)];
        foreach (var container in containers)
        {
            (container["resources"] as JsonObject)?.Remove("ephemeralStorage");
            container.TryAdd("probes", new JsonArray());
        }

        return new RevisionTemplate
        {
            SetsScalingOverride = scale.ContainsKey("allowScalingRuleOverride"),
            MinReplicas = Math.Clamp(JsonFields.Number(scale["minReplicas"]) ?? 0, 0, MostReplicas),
            MaxReplicas = Math.Clamp(JsonFields.Number(scale["maxReplicas"]) ?? DefaultMaxReplicas, 0, MostReplicas),
            Images = [.. containers.Select(container => JsonFields.Text(container["image"]) ?? "")],
            Containers = [.. containers.Select(container => JsonFields.Text(container["name"]) ?? "")],
            InitContainers = [.. Containers(template, "initContainers").Select(container => JsonFields.Text(container["name"]) ?? "")],
            Scale = ScaleSettings.Of(completed),
            Json = JsonBytes.Of(writer => TemplateWriter.WriteRevision(writer, template)),
        };
    }

    private static IEnumerable<JsonObject> Containers(JsonObject template, string name = "containers") =>
        (template[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A revision shows nothing of an HTTP rule but its concurrentRequests (recording 03, index 5 and 20).</summary>
    private static void KeepConcurrencyOnly(JsonObject rule)
    {
        const string Concurrency = "concurrentRequests";
        if (rule["http"] is JsonObject http)
        {
            var concurrency = (http["metadata"] as JsonObject)?[Concurrency];
            rule["http"] = concurrency is null
                ? new JsonObject()
                : new JsonObject { ["metadata"] = new JsonObject { [Concurrency] = concurrency.DeepClone() } };
        }
    }

    private static JsonObject CompleteScale(JsonObject scale)
    {
        var complete = ScaleOf(scale);
        if (scale["allowScalingRuleOverride"] is { } overrides)
        {
            complete["allowScalingRuleOverride"] = overrides.DeepClone();
        }

        return complete;
    }

    private static JsonObject ScaleOf(JsonObject scale) => new()
    {
        ["minReplicas"] = scale["minReplicas"]?.DeepClone(),
        ["maxReplicas"] = scale["maxReplicas"]?.DeepClone() ?? DefaultMaxReplicas,
        ["cooldownPeriod"] = scale["cooldownPeriod"]?.DeepClone() ?? 300,
        ["pollingInterval"] = scale["pollingInterval"]?.DeepClone() ?? 30,
        ["rules"] = scale["rules"] is JsonArray { Count: > 0 } rules ? rules.DeepClone() : null,
    };

    /// <summary>ephemeralStorage is computed from the cores, whatever was sent (compare recording 08, index 26 and 32).</summary>
    private static void CompleteResources(JsonObject container)
    {
        var resources = container["resources"] as JsonObject ?? [];
        var cores = resources["cpu"] is JsonValue value && value.TryGetValue(out double cpu) ? cpu : 0.5;
        container["resources"] = new JsonObject
        {
            ["cpu"] = resources["cpu"]?.DeepClone() ?? 0.5,
            ["memory"] = resources["memory"]?.DeepClone() ?? "1Gi",
            ["ephemeralStorage"] = cores switch { <= 0.25 => "1Gi", <= 0.5 => "2Gi", <= 1 => "4Gi", _ => "8Gi" },
        };
    }
}
