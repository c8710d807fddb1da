using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>The shapes that are needed to compare a template that a person wrote, and to know in it what may be confidential.</summary>
internal static class TemplateShape
{
    private static readonly string[] s_lists = ["containers", "initContainers", "volumes", "serviceBinds"];
    private static readonly string[] s_containerLists = ["containers", "initContainers"];
    private static readonly string[] s_listsOfContainers = ["env", "probes", "volumeMounts"];
    private static readonly string[] s_textsOfContainers = ["command", "args"];
    private static readonly string[] s_ruleKinds = ["custom", "http", "tcp", "azureQueue"];
    private static readonly string[] s_listsOfConfiguration = ["secrets", "registries"];

    /// <summary>What is wrong, in words; null where nothing is.</summary>
    public static string? WrongIn(JsonObject template, JsonNode? configuration) =>
        WrongList(template, s_lists)
        ?? s_containerLists.SelectMany(list => TemplateJson.Objects(template[list])).Select(WrongInContainer).FirstOrDefault(wrong => wrong is not null)
        ?? WrongInScale(template["scale"])
        ?? (configuration is JsonObject fields ? WrongList(fields, s_listsOfConfiguration) : null);

    private static string? WrongList(JsonObject fields, string[] lists) =>
        Array.Find(lists, list => !IsListOfObjects(fields[list])) is { } wrong ? $"'{wrong}' is no list of objects" : null;

    private static string? WrongInContainer(JsonObject container)
    {
        var wrong = WrongList(container, s_listsOfContainers)
            ?? (Array.Find(s_textsOfContainers, list => !IsListOfTexts(container[list])) is { } texts ? $"'{texts}' is no list of texts" : null)
            ?? TemplateJson.Objects(container["probes"]).Select(WrongInProbe).FirstOrDefault(text => text is not null);
        return wrong is null ? null : $"of the container '{TemplateJson.Text(container["name"])}' {wrong}";
    }

    private static string? WrongInProbe(JsonObject probe) => probe["httpGet"] switch
    {
        null => null,
        JsonObject http => WrongList(http, ["httpHeaders"]),
        _ => "'httpGet' is no object",
    };

    private static string? WrongInScale(JsonNode? scale)
    {
        if (scale is not (null or JsonObject) || !IsListOfObjects(scale?["rules"]))
        {
            return "'scale' is no object with a list of rules";
        }

        var rules = TemplateJson.Objects(scale?["rules"]).SelectMany(_ => s_ruleKinds, (rule, kind) => rule[kind]).ToList();
        return rules.Exists(rule => rule is not (null or JsonObject)) ? "a rule of 'scale' is no object"
            : rules.Exists(rule => rule?["metadata"] is not (null or JsonObject)) ? "'metadata' of a rule is no object"
            : null;
    }

    private static bool IsListOfObjects(JsonNode? node) => node is null || (node is JsonArray items && items.All(item => item is JsonObject));

    private static bool IsListOfTexts(JsonNode? node) => node is null || (node is JsonArray items && items.All(item => item?.GetValueKind() == JsonValueKind.String));
}
