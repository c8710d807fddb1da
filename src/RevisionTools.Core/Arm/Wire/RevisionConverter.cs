using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RevisionTools.Arm.Wire;

/// <summary>
/// Reads a revision into the little that is kept of it, one at a time. Most of a list is values of environment variables, up to megabytes an
/// app, and they are made into text only where a scale rule names one.
/// </summary>
internal sealed class RevisionConverter : JsonConverter<RevisionResource>
{
    private static readonly Lazy<JsonTypeInfo<RevisionBody>> s_lean = new(WithoutVariables);

    public override RevisionResource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var again = reader;
        var body = JsonSerializer.Deserialize(ref reader, s_lean.Value)!;
        return RevisionMapper.ToRevision(
            RevisionMapper.NamesVariables(body) ? JsonSerializer.Deserialize(ref again, ArmJsonContext.Default.RevisionBody)! : body);
    }

    public override void Write(Utf8JsonWriter writer, RevisionResource value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Revisions are read only.");

    private static JsonTypeInfo<RevisionBody> WithoutVariables()
    {
        var options = new JsonSerializerOptions(ArmJsonContext.Default.Options);
        options.Converters.Insert(0, new Skipping());
        return (JsonTypeInfo<RevisionBody>)options.GetTypeInfo(typeof(RevisionBody));
    }

    private sealed class Skipping : JsonConverter<List<TemplateVariable?>>
    {
        public override List<TemplateVariable?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return null;
        }

        public override void Write(Utf8JsonWriter writer, List<TemplateVariable?> value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Variables are read only.");
    }
}
