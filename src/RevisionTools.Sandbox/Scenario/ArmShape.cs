using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Reads the parts of JSON in ARM's shape that must be of a certain kind.</summary>
internal static class ArmShape
{
    /// <exception cref="ScenarioException">The field is there and no object.</exception>
    internal static JsonObject? Object(JsonObject owner, string name, string path)
    {
        ScenarioChecks.Require(owner[name] is null or JsonObject, $"{path}.{name}", "an object is expected");
        return owner[name] as JsonObject;
    }

    /// <summary>The objects of an array, each with its path; none where there is no array.</summary>
    /// <exception cref="ScenarioException">The field is there and no array of objects.</exception>
    internal static IReadOnlyList<(JsonObject Item, string Path)> Objects(JsonObject owner, string name, string path)
    {
        ScenarioChecks.Require(owner[name] is null or JsonArray, $"{path}.{name}", "an array is expected");
        List<(JsonObject, string)> items = [];
        foreach (var item in owner[name] as JsonArray ?? [])
        {
            var where = $"{path}.{name}[{items.Count}]";
            items.Add((item as JsonObject ?? throw new ScenarioException(where, "an object is expected"), where));
        }

        return items;
    }
}
