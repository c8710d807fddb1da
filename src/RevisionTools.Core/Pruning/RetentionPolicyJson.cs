using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Pruning;

/// <summary>Reads and writes retention policies as JSON, so that they can live in a repository.</summary>
/// <remarks>The schema is module/schemas/retention-policy.schema.json. Comments are taken, as in templates; trailing commas are not.</remarks>
internal static class RetentionPolicyJson
{
    private const string Schema = "$schema";
    private const int LargestFile = 1024 * 1024;

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The policy as a file has it.</summary>
    public static string Write(RetentionPolicy policy) => ToObject(policy).ToJsonString(s_options).ReplaceLineEndings("\n") + "\n";

    /// <summary>The same, to stand within another file.</summary>
    public static JsonObject ToObject(RetentionPolicy policy) => new(RetentionPolicyField.All
        .Select(field => KeyValuePair.Create(field.Name, field.Write(policy))).Where(field => field.Value is not null));

    /// <summary>The policy of a file, validated.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionPolicyFile"/></exception>
    public static RetentionPolicy ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw new RevisionToolsException(FailureKind.InvalidRetentionPolicyFile, $"There is no file '{path}' with a retention policy.")
                : file.Length > LargestFile ? throw new RevisionToolsException(FailureKind.InvalidRetentionPolicyFile, $"The file '{path}' is larger than 1 MB; no retention policy is.")
                : Read(File.ReadAllText(path), $"the file '{path}'");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RevisionToolsException(FailureKind.InvalidRetentionPolicyFile, $"The file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <param name="text">The JSON.</param>
    /// <param name="where">What it stands in, as errors name it.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionPolicyFile"/>; the message begins with the JSON path of what is wrong.</exception>
    public static RetentionPolicy Read(string text, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            var policy = document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadFields(document.RootElement, where)
                : throw Failure("$", "must be an object with rules, such as { \"keepLast\": 5 }", where);
            return policy.Fault() is { } fault ? throw Failure(fault.Rule is null ? "$" : PathOf(RetentionPolicyField.NameOf(fault.Rule)), fault.Message, where) : policy;
        }
        catch (JsonException failure)
        {
            throw Failure("$", string.IsNullOrWhiteSpace(text) ? "is empty" : $"is not JSON, {JsonText.Explain(failure)}", where, failure);
        }
        catch (InvalidOperationException failure)
        {
            throw Failure("$", "has a text in it that is no Unicode", where, failure);
        }
    }

    private static RetentionPolicy ReadFields(JsonElement root, string where)
    {
        var policy = new RetentionPolicy();
        HashSet<string> seen = [];
        foreach (var property in root.EnumerateObject())
        {
            var path = PathOf(property.Name);
            if (!seen.Add(property.Name))
            {
                throw Failure(path, "stands there twice", where);
            }

            if (property.Name == Schema)
            {
                continue;
            }

            var field = RetentionPolicyField.All.FirstOrDefault(field => field.Name == property.Name) ?? throw Failure(path, Unknown(property.Name), where);
            policy = field.Read(policy, property.Value, out var complaint);
            if (complaint.Length > 0)
            {
                throw Failure(path, complaint, where);
            }
        }

        return policy;
    }

    private static string Unknown(string name) => NearestName.Of(name, RetentionPolicyField.All.Select(field => field.Name)) is { } nearest
        ? $"is no rule; '{nearest}' may be meant"
        : $"is no rule; there are {string.Join(", ", RetentionPolicyField.All.Select(field => field.Name))}";

    private static string PathOf(string name) => name.All(char.IsLetterOrDigit) && name.Length > 0 ? $"$.{name}" : $"$['{name}']";

    private static RevisionToolsException Failure(string path, string message, string where, Exception? cause = null) =>
        new(FailureKind.InvalidRetentionPolicyFile, $"{path}: {message.TrimEnd('.')} ({where}).", cause);
}
