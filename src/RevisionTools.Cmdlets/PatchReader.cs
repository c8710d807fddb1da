using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets;

/// <summary>Reads a merge patch out of what PowerShell has: hashtables, objects, JSON, or the path of a file.</summary>
internal static class PatchReader
{
    private const int Deepest = 64;

    /// <summary>
    /// The patch, read when it is asked for: what is wrong with it is an error of the command, and hashtables can be read on the pipeline
    /// thread only.
    /// </summary>
    public static Func<JsonObject> Read(object patch, Func<string, string> resolvePath)
    {
        if (Unwrap(patch) is FileInfo file)
        {
            return () => JsonText.ReadFile(file.FullName);
        }

        if (Unwrap(patch) is not string text)
        {
            var (node, failure) = Convert(patch);
            return () => failure is null && node is JsonObject fields
                ? fields
                : throw new RevisionToolsException(FailureKind.InvalidTemplateChange, failure ?? "The change is no object with fields, as @{ template = @{} }.");
        }

        if (text.AsSpan().TrimStart() is ['{' or '[' or '"', ..])
        {
            return () => JsonText.ReadObject(text, "The change", FailureKind.InvalidTemplateChange);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return () => throw new RevisionToolsException(FailureKind.InvalidTemplateChange, "The change is empty.");
        }

        var path = resolvePath(text);
        return () => Path.Exists(path) ? JsonText.ReadFile(path) : throw new RevisionToolsException(
            FailureKind.InvalidTemplateFile, $"'{text}' is neither JSON nor a file that is there. The change comes first and the app after it: Test-AcaChangeScope @{{ template = @{{}} }} web-shop.");
    }

    private static (JsonNode? Node, string? Failure) Convert(object patch)
    {
        try
        {
            return (ToJson(patch, 0), null);
        }
        catch (ArgumentException failure)
        {
            return (null, failure.Message);
        }
    }

    private static JsonNode? ToJson(object? value, int depth)
    {
        if (depth > Deepest)
        {
            throw new ArgumentException($"The change is nested more than {Deepest} deep.");
        }

        return Unwrap(value) switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            char or DateTime or DateTimeOffset or Guid or Enum => JsonValue.Create(System.Convert.ToString(Unwrap(value), CultureInfo.InvariantCulture)),
            IDictionary table => OfTable(table, depth),
            PSCustomObject => OfObject((PSObject)value!, depth),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToJson(item, depth + 1))]),
            IConvertible number => JsonValue.Create(System.Convert.ToDecimal(number, CultureInfo.InvariantCulture)),
            var other => throw new ArgumentException($"A {other.GetType().Name} cannot stand in a change."),
        };
    }

    private static JsonObject OfTable(IDictionary table, int depth)
    {
        JsonObject fields = [];
        foreach (DictionaryEntry entry in table)
        {
            fields[System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = ToJson(entry.Value, depth + 1);
        }

        return fields;
    }

    private static JsonObject OfObject(PSObject value, int depth)
    {
        JsonObject fields = [];
        foreach (var property in value.Properties)
        {
            fields[property.Name] = ToJson(property.Value, depth + 1);
        }

        return fields;
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
