using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Finds what a template refers to and the app does not have: Azure would refuse the revision, or could not start it.</summary>
/// <remarks>ARM-FACTS 6, RevisionOperationError.</remarks>
internal static class TemplateReferences
{
    // Servers that hardly ever let anybody in without a login. Of others nobody can say whether they need one.
    private static readonly string[] s_private = [".azurecr.io", ".azurecr.cn", ".azurecr.us"];

    /// <summary>Names of secrets that the app does not have.</summary>
    /// <param name="template">The template.</param>
    /// <param name="app">The whole app as Azure answers it.</param>
    public static IReadOnlyList<string> MissingSecrets(JsonObject template, JsonObject app) =>
        [.. SecretNames(template).Distinct(StringComparer.OrdinalIgnoreCase).Except(Names(app, "secrets", "name"), StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// Servers of images that the app has no login for, although it has one for another. An app without any may be let in by other means.
    /// </summary>
    public static IReadOnlyList<string> MissingRegistries(JsonObject template, JsonObject app)
    {
        var configured = Names(app, "registries", "server").ToList();
        return configured.Count == 0
            ? []
            : [.. Servers(template).Distinct(StringComparer.OrdinalIgnoreCase).Except(configured, StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> Servers(JsonObject template) =>
        TemplateJson.Objects(template["containers"]).Concat(TemplateJson.Objects(template["initContainers"]))
            .Select(container => TemplateJson.Text(container["image"]) ?? "")
            .Where(image => image.Contains('/'))
            .Select(image => image[..image.IndexOf('/')])
            .Where(server => s_private.Any(suffix => server.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Names(JsonObject app, string list, string field) =>
        TemplateJson.Objects(app["properties"]?["configuration"]?[list]).Select(item => TemplateJson.Text(item[field])).OfType<string>();

    private static IEnumerable<string> SecretNames(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "secretRef" && TemplateJson.Text(field.Value) is { Length: > 0 } name
            ? [name]
            : SecretNames(field.Value)),
        JsonArray items => items.SelectMany(SecretNames),
        _ => [],
    };
}
