using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>By what the items of a list are told apart: their order says nothing.</summary>
internal static class ListKeys
{
    private static readonly Dictionary<string, string[]> s_fields = new()
    {
        ["probes"] = ["type"],
        ["volumeMounts"] = ["volumeName", "mountPath"],
        ["auth"] = ["triggerParameter"],
        ["volumes[].secrets"] = ["secretRef", "path"],
        ["registries"] = ["server"],
        ["traffic"] = ["revisionName", "label"],
        ["identitySettings"] = ["identity"],
        ["additionalPortMappings"] = ["targetPort"],
    };

    /// <summary>How keys are compared: as the values of the fields are that they are made of.</summary>
    public static StringComparer ComparerOf(string shape) =>
        Array.Exists(FieldsOf(shape), field => FieldDefaults.IsCaseless($"{shape}[].{field}")) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The items with a key for each. Where one key does not tell them apart, the next field is added, and then a number.</summary>
    /// <param name="items">The items of one side.</param>
    /// <param name="others">The items of the other side: what is needed to tell those apart is needed here too.</param>
    /// <param name="shape">Where the list stands.</param>
    public static IReadOnlyList<(string Key, JsonObject Item)> Of(JsonNode? items, JsonNode? others, string shape)
    {
        var (fields, comparer) = (FieldsOf(shape), ComparerOf(shape));
        var depth = 1;
        while (depth < fields.Length && (HasDoubles(items, fields[..depth], comparer) || HasDoubles(others, fields[..depth], comparer)))
        {
            depth++;
        }

        List<(string, JsonObject)> keyed = [];
        Dictionary<string, int> seen = new(comparer);
        foreach (var item in TemplateJson.Objects(items))
        {
            var key = KeyOf(item, fields[..depth]);
            var count = seen[key] = seen.GetValueOrDefault(key) + 1;
            keyed.Add((count == 1 ? key : $"{key}#{count}", item));
        }

        return keyed;
    }

    private static string[] FieldsOf(string shape) =>
        s_fields.GetValueOrDefault(shape) ?? s_fields.GetValueOrDefault(shape[(shape.LastIndexOf('.') + 1)..]) ?? ["name"];

    private static bool HasDoubles(JsonNode? items, string[] fields, StringComparer comparer)
    {
        var keys = TemplateJson.Objects(items).Select(item => KeyOf(item, fields)).ToList();
        return keys.Distinct(comparer).Count() < keys.Count;
    }

    private static string KeyOf(JsonObject item, string[] fields) =>
        item["latestRevision"] is not null && fields[0] == "revisionName"
            ? string.Join(':', fields.Skip(1).Select(field => TemplateJson.Text(item[field])).Where(part => part is not null).Prepend("latest"))
            : string.Join(':', fields.Select(field => TemplateJson.Text(item[field])).Where(part => !string.IsNullOrEmpty(part)));
}
