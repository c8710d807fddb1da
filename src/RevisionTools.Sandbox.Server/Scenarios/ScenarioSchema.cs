using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary>Makes the JSON schema of a scenario from its records, with the words of their documentation comments.</summary>
internal sealed partial class ScenarioSchema
{
    private const string TimePattern = @"^(-?P|\d{4}-\d{2}-\d{2})";

    private readonly Dictionary<string, XElement> _comments;

    private ScenarioSchema(Dictionary<string, XElement> comments) => _comments = comments;

    internal static string Json()
    {
        var comments = XDocument.Load(Path.ChangeExtension(typeof(SandboxScenario).Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
        ScenarioSchema maker = new(comments);
        JsonSchemaExporterOptions options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = maker.Describe };
        var schema = (JsonObject)ScenarioJson.Options.GetJsonSchemaAsNode(typeof(SandboxScenario), options);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A scenario of the RevisionTools sandbox");
        return schema.ToJsonString(ScenarioJson.Options);
    }

    private JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = Form(type) ?? (node as JsonObject) ?? [];
        if (schema["type"] is JsonArray types)
        {
            // A field that says nothing is left out: null is refused.
            schema["type"] = types.First(name => (string?)name != "null")!.DeepClone();
        }

        if (schema["enum"] is JsonArray values && values.Any(value => value is null))
        {
            values.Remove(values.First(value => value is null));
        }

        if (Summary(context.PropertyInfo?.AttributeProvider) is { } words)
        {
            schema.Insert(0, "description", words);
        }

        return schema;
    }

    /// <summary>The types that are text in a certain form, which the exporter cannot know.</summary>
    private static JsonObject? Form(Type type) => type switch
    {
        _ when type == typeof(ScenarioTime) => Text(TimePattern),
        _ when type == typeof(DateTimeOffset) => Text(@"^\d{4}-\d{2}-\d{2}"),
        _ when type == typeof(TimeSpan) => Text("^-?P"),
        _ when type == typeof(JsonObject) => new JsonObject { ["type"] = "object" },
        _ => null,
    };

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private string? Summary(ICustomAttributeProvider? member) =>
        member is PropertyInfo property
        && _comments.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var comment)
        && comment.Element("summary") is { } summary
            ? Plain(summary)
            : null;

    private static string Plain(XElement element)
    {
        var words = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref"))?.Split('.')[^1] ?? "",
            XElement inner => inner.Value,
            _ => node.ToString(),
        });
        return Spaces().Replace(string.Concat(words), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
