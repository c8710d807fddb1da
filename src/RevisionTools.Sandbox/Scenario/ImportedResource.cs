using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>An app or a revision as Azure CLI prints it, and where it stood.</summary>
internal sealed class ImportedResource
{
    private readonly string[] _id;

    private ImportedResource(JsonObject json, string path, string[] id) => (Json, Path, _id) = (json, path, id);

    internal JsonObject Json { get; }

    internal string Path { get; }

    internal string Id => string.Join('/', _id);

    internal string Subscription => _id[2].ToLowerInvariant();

    internal string Group => _id[4];

    /// <summary>The app itself, or the one that the revision is of.</summary>
    internal string AppName => _id[8];

    internal string AppKey => $"{Subscription}/{Group}/{AppName}";

    internal string Name => _id[^1];

    internal JsonObject Properties => (JsonObject)Json["properties"]!;

    /// <exception cref="ScenarioException">It is no app and no revision.</exception>
    internal static ImportedResource Of(JsonNode? node, string path)
    {
        var json = node as JsonObject ?? throw new ScenarioException(path, "an object is expected");
        string[] id = [.. (JsonFields.Text(json["id"]) ?? "").Split('/')];
        var fits = id.Length is 9 or 11
            && id[6].Equals("Microsoft.App", StringComparison.OrdinalIgnoreCase)
            && id[7].Equals("containerApps", StringComparison.OrdinalIgnoreCase);
        ScenarioChecks.Require(fits, path + ".id", "the resource id of a container app or of a revision is expected");
        ScenarioChecks.Require(json["properties"] is JsonObject, path + ".properties", "an object is expected");
        return new ImportedResource(json, path, id);
    }

    /// <summary>The latest of a moment and those at which Azure says that something has become of it.</summary>
    internal DateTimeOffset Latest(DateTimeOffset moment)
    {
        var systemData = Json["systemData"] as JsonObject;
        ScenarioTime?[] times =
        [
            Time(systemData, "createdAt"), Time(systemData, "lastModifiedAt"), Time(Properties, "createdTime"), Time(Properties, "lastActiveTime"),
        ];
        return times.OfType<ScenarioTime>().Select(time => time.Resolve(moment)).Append(moment).Max();
    }

    internal string? Text(string name) => JsonFields.Text(Properties[name]) is { Length: > 0 } text ? text : null;

    internal JsonObject? Section(string name) => Properties[name] as JsonObject;

    /// <summary>A moment; null where there is none.</summary>
    /// <exception cref="ScenarioException">It cannot be read.</exception>
    internal ScenarioTime? Time(JsonObject? owner, string name)
    {
        if (JsonFields.Text(owner?[name]) is not { Length: > 0 } text)
        {
            return null;
        }

        return ScenarioTime.TryParse(text, out var time) && !time.IsRelative
            ? time
            : throw new ScenarioException($"{Path}: {name}", $"'{text}' is no time");
    }
}
