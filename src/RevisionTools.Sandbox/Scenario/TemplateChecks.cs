using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What a template of a scenario must keep to; the rest of ARM's shape is taken as it comes.</summary>
internal static class TemplateChecks
{
    /// <summary>No revision has more (ARM-FACTS 5.1).</summary>
    internal const int MostReplicas = 1000;

    internal static void Check(JsonObject template, string path)
    {
        ScenarioChecks.Require(
            template["revisionSuffix"] is null || JsonFields.Text(template["revisionSuffix"]) is not null,
            path + ".revisionSuffix",
            "a text is expected");
        foreach ((var container, var where) in ArmShape.Objects(template, "containers", path))
        {
            ScenarioChecks.Require(
                JsonFields.Text(container["image"]) is { Length: > 0 }, where, "required and missing: 'image'");
            ScenarioChecks.Require(
                JsonFields.Text(container["name"]) is { Length: > 0 }, where, "required and missing: 'name'");
            _ = ArmShape.Object(container, "resources", where);
        }

        if (ArmShape.Object(template, "scale", path) is { } scale)
        {
            CheckScale(scale, path + ".scale");
        }
    }

    /// <summary>Whether a template names an image; null when it says nothing of containers.</summary>
    internal static bool? HasImage(JsonObject? template) =>
        template is not null && template.TryGetPropertyValue("containers", out var containers)
            ? containers is JsonArray { Count: > 0 }
            : null;

    private static void CheckScale(JsonObject scale, string path)
    {
        _ = ArmShape.Objects(scale, "rules", path);
        CheckCount(scale, "minReplicas", path);
        CheckCount(scale, "maxReplicas", path);
    }

    private static void CheckCount(JsonObject scale, string name, string path) => ScenarioChecks.Require(
        scale[name] is null || JsonFields.Number(scale[name]) is >= 0 and <= MostReplicas, $"{path}.{name}", $"a whole number from 0 to {MostReplicas} is expected");
}
