using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>How the service completes a configuration.</summary>
internal static class ConfigurationRules
{
    internal const string Single = "Single";
    internal const string Labels = "Labels";

    /// <summary>The configuration as an app shows it once it is settled.</summary>
    internal static JsonObject Complete(JsonObject requested, string appName, string environmentDomain)
    {
        var configuration = Echo(requested);
        configuration["activeRevisionsMode"] ??= Single;
        configuration["targetLabel"] ??= "";
        if (configuration["ingress"] is JsonObject ingress)
        {
            ingress["external"] ??= false;
            ingress["exposedPort"] ??= 0;
            ingress["transport"] ??= "Auto";
            ingress["allowInsecure"] ??= false;
            ingress["traffic"] ??= new JsonArray(new JsonObject { ["weight"] = 100, ["latestRevision"] = true });
            ingress["fqdn"] = JsonFields.Flag(ingress["external"]) == true
                ? $"{appName}.{environmentDomain}"
                : $"{appName}.internal.{environmentDomain}";
        }

        return configuration;
    }

    /// <summary>The configuration as it was sent, in the service's casing and without what it does not echo (ARM-FACTS 3.1).</summary>
    internal static JsonObject Echo(JsonObject requested)
    {
        var configuration = (JsonObject)JsonFields.WithoutNulls(requested)!;
        configuration["identitySettings"] ??= new JsonArray();
        Capitalise(configuration, "activeRevisionsMode");
        if (configuration["ingress"] is JsonObject ingress)
        {
            Capitalise(ingress, "transport");
            if (ingress["traffic"] is JsonArray traffic)
            {
                ingress["traffic"] = new JsonArray([.. traffic.OfType<JsonObject>().Select(EchoEntry)]);
            }
        }

        return configuration;
    }

    /// <summary>Only set fields come back, and weights as numbers (ARM-FACTS 3.1).</summary>
    private static JsonNode EchoEntry(JsonObject entry)
    {
        JsonObject echo = [];
        Copy(entry, echo, "revisionName");
        echo["weight"] = JsonFields.Number(entry["weight"]) ?? 0;
        if (JsonFields.Flag(entry["latestRevision"]) == true)
        {
            echo["latestRevision"] = true;
        }

        Copy(entry, echo, "label");
        return echo;
    }

    private static void Copy(JsonObject from, JsonObject to, string name)
    {
        if (JsonFields.Text(from[name]) is { Length: > 0 } text)
        {
            to[name] = text;
        }
    }

    private static void Capitalise(JsonObject owner, string name)
    {
        if (JsonFields.Text(owner[name]) is { Length: > 0 } text)
        {
            owner[name] = char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();
        }
    }
}
