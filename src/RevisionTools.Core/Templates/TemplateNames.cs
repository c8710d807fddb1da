using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>The names that stand in a template, harmless for a terminal.</summary>
/// <param name="Containers">The containers, those that run before the others last.</param>
/// <param name="EnvironmentVariables">The environment variables of all of them.</param>
internal sealed record TemplateNames(IReadOnlyList<string> Containers, IReadOnlyList<string> EnvironmentVariables)
{
    public static TemplateNames Of(JsonObject template)
    {
        var containers = TemplateJson.Objects(template["containers"]).Concat(TemplateJson.Objects(template["initContainers"])).ToList();
        return new TemplateNames(Names(containers), Names(containers.SelectMany(container => TemplateJson.Objects(container["env"]))));
    }

    private static List<string> Names(IEnumerable<JsonObject> items) =>
        [.. items.Select(item => TemplateJson.Text(item["name"])).OfType<string>().Select(SafeText.Clean).Distinct()];
}
