using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

/// <summary>The shape of JSON: every path in it with the kind of its value.</summary>
internal static class JsonShape
{
    internal static SortedSet<string> Of(JsonNode? node)
    {
        SortedSet<string> shape = new(StringComparer.Ordinal);
        Collect(shape, "$", node);
        return shape;
    }

    private static void Collect(SortedSet<string> shape, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                shape.Add(path + " object");
                foreach ((var name, var value) in fields)
                {
                    Collect(shape, $"{path}.{name}", value);
                }

                break;
            case JsonArray items:
                shape.Add(path + " array");
                foreach (var item in items)
                {
                    Collect(shape, path + "[]", item);
                }

                break;
            default:
                var kind = node?.GetValueKind() ?? JsonValueKind.Null;
                shape.Add($"{path} {(kind is JsonValueKind.True or JsonValueKind.False ? "bool" : kind)}");
                break;
        }
    }
}
