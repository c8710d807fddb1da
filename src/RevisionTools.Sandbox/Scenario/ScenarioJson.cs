using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>Scenarios as JSON: strict in reading, without what says nothing in writing.</summary>
internal static partial class ScenarioJson
{
    private static readonly JsonDocumentOptions s_document = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The form of the JSON; the schema is made from it too.</summary>
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new UtcTimeConverter(), new SpanConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } },
    };

    internal static string Write(SandboxScenario scenario) => JsonSerializer.Serialize(scenario, Options);

    internal static T Read<T>(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_document);
            ScenarioFields.Check(document.RootElement);
            return document.Deserialize<T>(Options)!;
        }
        catch (JsonException error)
        {
            throw new ScenarioException(error.Path ?? "$", Reason(error), error);
        }
    }

    internal static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException("$", $"'{path}' cannot be read: {error.Message}", error);
        }
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType.IsGenericType && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                property.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }

    private static string Reason(JsonException error)
    {
        var message = error.Message;
        if (WrongType().Match(message) is { Success: true } wrong)
        {
            return $"{Expected(wrong.Groups["type"].Value)} is expected";
        }

        if (Unmapped().Match(message) is { Success: true } unknown)
        {
            return $"there is no field '{unknown.Groups["name"].Value}' here";
        }

        if (error.GetType() != typeof(JsonException))
        {
            // The reader's own words speak of its parts, and count lines from 0.
            return string.Create(
                CultureInfo.InvariantCulture, $"this is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }

        return Missing().Match(message) is { Success: true } missing
            ? $"required and missing: {missing.Groups["names"].Value}"
            : message;
    }

    private static string Expected(string type) => type switch
    {
        _ when type.Contains(nameof(ScenarioTime), StringComparison.Ordinal) =>
            "an ISO 8601 time such as 2026-01-15T09:00:00Z, or a duration such as -P3DT2H,",
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "an ISO 8601 time such as 2026-01-15T09:00:00Z",
        _ when type.Contains("TimeSpan", StringComparison.Ordinal) => "an ISO 8601 duration such as PT10S",
        _ when type.Contains("IReadOnlyList", StringComparison.Ordinal) => "an array",
        _ when type.Contains(nameof(SandboxFaultKind), StringComparison.Ordinal) => Names<SandboxFaultKind>(),
        _ when type.Contains(nameof(StartOutcome), StringComparison.Ordinal) => Names<StartOutcome>(),
        _ when type.Contains(nameof(RevisionPhase), StringComparison.Ordinal) => Names<RevisionPhase>(),
        _ when type.Contains("Int32", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Double", StringComparison.Ordinal) => "a number",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ when type.Contains("String", StringComparison.Ordinal) => "a text",
        _ when type.Contains("Guid", StringComparison.Ordinal) => "a GUID",
        _ => "an object",
    };

    private static string Names<T>()
        where T : struct, Enum =>
        "one of " + string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [GeneratedRegex(@"could not be converted to (?<type>\S+?)\.( Path:|$)", RegexOptions.CultureInvariant)]
    private static partial Regex WrongType();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.CultureInvariant)]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties,? including( the following)?: (?<names>.+?)\\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();
}
