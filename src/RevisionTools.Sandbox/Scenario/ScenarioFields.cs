using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>What a reader of JSON lets pass and no scenario means: a field twice in one object, and null for a field of ours.</summary>
internal static class ScenarioFields
{
    /// <summary>Objects in ARM's shape, where null has a meaning.</summary>
    private static readonly string[] s_arm = ["configuration", "template", "tags", "identity"];

    /// <exception cref="ScenarioException">A field stands twice, or is null.</exception>
    internal static void Check(JsonElement root) => Check(root, "$", isArm: false);

    private static void Check(JsonElement element, string path, bool isArm)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(element, path, isArm);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Check(item, $"{path}[{index++}]", isArm);
                }

                break;
            case JsonValueKind.Null when !isArm:
                throw new ScenarioException(path, "null says nothing here; leave it out");
        }
    }

    private static void CheckObject(JsonElement element, string path, bool isArm)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
        {
            if (!names.Add(field.Name))
            {
                throw new ScenarioException($"{path}.{field.Name}", "the field stands twice");
            }

            Check(field.Value, $"{path}.{field.Name}", isArm || s_arm.Contains(field.Name));
        }
    }
}
