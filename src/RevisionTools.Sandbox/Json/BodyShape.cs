using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What the body of a PUT or PATCH of an app has to be made of: objects and arrays where the types of an app have them (ARM-FACTS, appendix A).</summary>
internal static class BodyShape
{
    private static readonly string[] s_objects =
    [
        "tags", "identity", "properties", "properties.configuration", "properties.configuration.ingress", "properties.configuration.dapr",
        "properties.template", "properties.template.scale",
    ];

    private static readonly string[] s_arraysOfObjects =
    [
        "properties.configuration.secrets", "properties.configuration.registries", "properties.configuration.ingress.traffic",
        "properties.template.containers", "properties.template.initContainers", "properties.template.volumes", "properties.template.scale.rules",
    ];

    /// <summary>Null stands for nothing anywhere.</summary>
    // unconfirmed: the service deserializes what it is sent, so another kind is refused; the words are those for broken JSON.
    internal static void Check(JsonObject body)
    {
        foreach (var path in s_objects)
        {
            Require(Find(body, path), path, JsonValueKind.Object);
        }

        foreach (var path in s_arraysOfObjects)
        {
            var items = Find(body, path);
            Require(items, path, JsonValueKind.Array);
            foreach (var item in items as JsonArray ?? [])
            {
                Require(item, path + "[]", JsonValueKind.Object);
            }
        }
    }

    private static JsonNode? Find(JsonObject body, string path)
    {
        JsonNode? node = body;
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    private static void Require(JsonNode? node, string path, JsonValueKind kind)
    {
        if (node is not null && node.GetValueKind() != kind)
        {
            throw ArmErrors.InvalidRequestContent($"{path}: {kind} was expected, and {node.GetValueKind()} came.");
        }
    }
}
