using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What the service refuses in a configuration.</summary>
internal static class AppConfigurationChecks
{
    internal static void Check(JsonObject configuration)
    {
        CheckRegistries(configuration);
        CheckStickySessions(configuration);
        CheckTransitionThreshold(configuration);
        TrafficRules.CheckLabel(JsonFields.Text(configuration["targetLabel"]));
    }

    /// <summary>A registry's password must be a secret of the app (recording 13).</summary>
    private static void CheckRegistries(JsonObject configuration)
    {
        var secrets = Objects(configuration["secrets"]).Select(secret => JsonFields.Text(secret["name"])).ToArray();
        foreach (var registry in Objects(configuration["registries"]))
        {
            if (JsonFields.Text(registry["passwordSecretRef"]) is { Length: > 0 } secret &&
                !secrets.Contains(secret, StringComparer.OrdinalIgnoreCase))
            {
                throw ArmErrors.BadRequest(
                    "ContainerAppRegistriesPasswordSecretRefNotFound",
                    $"PasswordSecretRef '{secret}' defined for registry server '{JsonFields.Text(registry["server"])}' not found.");
            }
        }
    }

    /// <summary>Sticky sessions need Single mode (ARM-FACTS 4.6).</summary>
    private static void CheckStickySessions(JsonObject configuration)
    {
        var sessions = (configuration["ingress"] as JsonObject)?["stickySessions"] as JsonObject;
        var isSticky = "sticky".Equals(JsonFields.Text(sessions?["affinity"]), StringComparison.OrdinalIgnoreCase);
        if (isSticky && JsonFields.Text(configuration["activeRevisionsMode"]) != ConfigurationRules.Single)
        {
            // unconfirmed: the code is reported, the text is not.
            throw ArmErrors.BadRequest(
                "ContainerAppInvalidIngressStickySessionRevisionMode",
                "Ingress sticky sessions are only supported when activeRevisionsMode is 'Single'.");
        }
    }

    private static void CheckTransitionThreshold(JsonObject configuration)
    {
        if (JsonFields.Number(configuration["revisionTransitionThreshold"]) is < 1 or > 100)
        {
            // unconfirmed: the bounds are in the types (ARM-FACTS 4.7), the error was not found.
            throw ArmErrors.BadRequest(
                "ContainerAppInvalidRevisionTransitionThreshold", "The revisionTransitionThreshold must be from 1 to 100.");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();
}
