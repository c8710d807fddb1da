using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Preflight;

/// <summary>What a template needs of its app and environment, each with where it is used.</summary>
/// <remarks>ARM-FACTS appendix A: Template, Container, Volume, ScaleRule.</remarks>
internal static class TemplateUses
{
    private static readonly string[] s_ruleKinds = ["azureQueue", "custom", "http", "tcp"];

    /// <summary>Containers, and those that run before them.</summary>
    public static IEnumerable<JsonObject> Containers(JsonObject template) =>
        TemplateJson.Objects(template["containers"]).Concat(TemplateJson.Objects(template["initContainers"]));

    /// <summary>The images, each once. What the platform builds itself it also keeps itself.</summary>
    public static IReadOnlyList<string> Images(JsonObject template) =>
    [
        .. Containers(template)
            .Where(container => !Names.Same(TemplateJson.Text(container["imageType"]), "CloudBuild"))
            .Select(container => TemplateJson.Text(container["image"])?.Trim())
            .Where(image => !string.IsNullOrEmpty(image)).OfType<string>().Distinct(),
    ];

    /// <summary>Names of secrets with where they are used.</summary>
    public static IEnumerable<IGrouping<string, string>> Secrets(JsonObject template)
    {
        var ofContainers = Containers(template).SelectMany(container => TemplateJson.Objects(container["env"])
            .Select(variable => (variable["secretRef"], $"environment variable '{Name(variable)}' of container '{Name(container)}'")));
        var ofRules = Rules(template).SelectMany(rule => TemplateJson.Objects(rule.Settings["auth"])
            .Select(auth => (auth["secretRef"], $"scale rule '{rule.Name}'")));
        var ofVolumes = Volumes(template).SelectMany(volume => TemplateJson.Objects(volume["secrets"])
            .Select(item => (item["secretRef"], $"volume '{Name(volume)}'")));
        return Group(ofContainers.Concat(ofRules).Concat(ofVolumes));
    }

    /// <summary>Identities that scale rules use, with the rules.</summary>
    public static IEnumerable<IGrouping<string, string>> Identities(JsonObject template) =>
        Group(Rules(template).Select(rule => (rule.Settings["identity"], $"scale rule '{rule.Name}'")));

    /// <summary>Storages of the environment that volumes are on, with the volumes.</summary>
    public static IEnumerable<IGrouping<string, string>> Storages(JsonObject template) =>
        Group(Volumes(template).Select(volume => (volume["storageName"], $"volume '{Name(volume)}'")));

    /// <summary>Ids of services that the template is bound to.</summary>
    public static IEnumerable<string> Services(JsonObject template) =>
        TemplateJson.Objects(template["serviceBinds"]).Select(bind => TemplateJson.Text(bind["serviceId"])).OfType<string>().Distinct();

    private static IEnumerable<JsonObject> Volumes(JsonObject template) => TemplateJson.Objects(template["volumes"]);

    private static IEnumerable<(string Name, JsonObject Settings)> Rules(JsonObject template) =>
        TemplateJson.Objects((template["scale"] as JsonObject)?["rules"])
            .SelectMany(rule => s_ruleKinds.Select(kind => rule[kind]).OfType<JsonObject>().Select(settings => (Name(rule), settings)));

    private static string Name(JsonObject item) => TemplateJson.Text(item["name"]) ?? "";

    private static IEnumerable<IGrouping<string, string>> Group(IEnumerable<(JsonNode? Name, string Where)> uses) => uses
        .Select(use => (Name: TemplateJson.Text(use.Name), use.Where))
        .Where(use => !string.IsNullOrWhiteSpace(use.Name))
        .GroupBy(use => use.Name!, use => use.Where, StringComparer.OrdinalIgnoreCase);
}
