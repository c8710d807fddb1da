using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Parts of an app in ARM's shape, for scenarios that are made in code.</summary>
internal static class ArmParts
{
    internal static JsonObject Template(
        string appName, string image, int? minReplicas = null, int maxReplicas = 10, string? rules = null, string? environment = null)
    {
        JsonObject container = new() { ["image"] = image, ["name"] = appName };
        if (environment is not null)
        {
            container["env"] = JsonNode.Parse(environment);
        }

        return new JsonObject
        {
            ["containers"] = new JsonArray(container),
            ["scale"] = new JsonObject
            {
                ["minReplicas"] = minReplicas,
                ["maxReplicas"] = maxReplicas,
                ["rules"] = rules is null ? null : JsonNode.Parse(rules),
            },
        };
    }

    internal static JsonObject Configuration(
        string mode, JsonObject? ingress = null, string? dapr = null, IReadOnlyList<string>? secrets = null)
    {
        JsonObject configuration = new() { ["activeRevisionsMode"] = mode };
        if (secrets is not null)
        {
            configuration["secrets"] = new JsonArray([.. secrets.Select(name => new JsonObject { ["name"] = name })]);
        }

        if (dapr is not null)
        {
            configuration["dapr"] = JsonNode.Parse(dapr);
        }

        if (ingress is not null)
        {
            configuration["ingress"] = ingress;
        }

        return configuration;
    }

    /// <summary>The app with an identity of its own, and a login by that at the registry that its image comes from.</summary>
    internal static ScenarioApp WithLogin(ScenarioApp app)
    {
        var configuration = (JsonObject)(app.Configuration?.DeepClone() ?? new JsonObject());
        var image = JsonFields.Text(app.Template?["containers"]?[0]?["image"]) ?? "";
        configuration["registries"] = new JsonArray(new JsonObject
        {
            ["server"] = image.Split('/')[0],
            ["username"] = "",
            ["passwordSecretRef"] = "",
            ["identity"] = "system",
        });
        return app with { Configuration = configuration, Identity = new JsonObject { ["type"] = "SystemAssigned" } };
    }

    /// <summary>An ingress; without entries its traffic is the service's default, all to the latest.</summary>
    internal static JsonObject Ingress(int port, IReadOnlyList<JsonObject>? traffic = null, bool external = true)
    {
        JsonObject ingress = new() { ["external"] = external, ["targetPort"] = port };
        if (traffic is not null)
        {
            ingress["traffic"] = new JsonArray([.. traffic]);
        }

        return ingress;
    }

    internal static JsonObject ToLatest(int weight) => new() { ["latestRevision"] = true, ["weight"] = weight };

    internal static JsonObject To(string revisionName, int weight, string? label = null)
    {
        JsonObject entry = new() { ["revisionName"] = revisionName, ["weight"] = weight };
        if (label is not null)
        {
            entry["label"] = label;
        }

        return entry;
    }
}
