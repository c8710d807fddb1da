using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RevisionTools.Templates;

namespace RevisionTools.Pruning.Saved;

/// <summary>Saves prune plans to a file, and takes them up again.</summary>
internal static class PlanFile
{
    private const int LargestFile = 256 * 1024 * 1024;
    private const string ListName = "plans";

    // Names and reasons stay readable; the file is no part of a web page.
    private static readonly PlanJsonContext s_readable = new(new JsonSerializerOptions(PlanJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes plans as UTF-8, one at a time: together they can be larger than all that they were made from. The stream stays open.</summary>
    public static void Write(Stream stream, IEnumerable<PrunePlan> plans)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = s_readable.Options.Encoder });
        writer.WriteStartObject();
        writer.WriteString("format", SavedPlans.FormatName);
        writer.WriteNumber("version", SavedPlans.CurrentVersion);
        writer.WriteStartArray(ListName);
        foreach (var plan in plans)
        {
            JsonSerializer.Serialize(writer, SavedPlan.Of(plan), s_readable.SavedPlan);
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="path">The whole path of the file.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/>, with the file and what is wrong with it.</exception>
    public static IReadOnlyList<PrunePlan> ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? Read(File.ReadAllBytes(path), $"The file '{path}'")
                : throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"The file '{path}' is larger than 256 MB; no plan is.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"The file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads plans one at a time, as they were written.</summary>
    /// <param name="utf8">The text of a file.</param>
    /// <param name="what">What the text is, as a message begins.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/></exception>
    public static IReadOnlyList<PrunePlan> Read(ReadOnlySpan<byte> utf8, string what)
    {
        var text = utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        var items = Locate(text, what);
        var frame = JsonText.ReadObject(items.Count == 0 ? text : [.. text[..items[0].Start.Value], .. text[items[^1].End.Value..]], what, FailureKind.InvalidPrunePlan);
        if (TemplateJson.Text(frame["format"]) != SavedPlans.FormatName)
        {
            throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"{what} is no file with prune plans: its 'format' is not '{SavedPlans.FormatName}'.");
        }

        if (TemplateJson.Number(frame["version"]) != SavedPlans.CurrentVersion)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidPrunePlan,
                $"{what} has version {frame["version"]?.ToJsonString() ?? "none"} of the format, and this module reads version {SavedPlans.CurrentVersion}.");
        }

        Deserialize(frame, PlanJsonContext.Default.SavedPlans, "$", what);
        List<PrunePlan> plans = [];
        for (var index = 0; index < items.Count; index++)
        {
            var path = $"$.{ListName}[{index}]";
            plans.Add(Replan(Deserialize(JsonText.Read(text[items[index]], what, FailureKind.InvalidPrunePlan), PlanJsonContext.Default.SavedPlan, path, what), what));
        }

        return plans;
    }

    /// <summary>Where in the text each item of the list stands.</summary>
    private static List<Range> Locate(ReadOnlySpan<byte> text, string what)
    {
        List<Range> items = [];
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
            while (reader.Read())
            {
                // A second list stays in the frame, where it is a field that stands twice.
                if (items.Count > 0 || reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(ListName)
                    || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                {
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    items.Add(start..(int)reader.BytesConsumed);
                }
            }

            return items;
        }
        catch (JsonException failure)
        {
            throw JsonText.WhyUnreadable(failure, what, FailureKind.InvalidPrunePlan)!;
        }
    }

    private static T Deserialize<T>(JsonNode? node, JsonTypeInfo<T> type, string path, string what)
    {
        RefuseNull(node, path, what);
        try
        {
            return node.Deserialize(type)!;
        }
        catch (JsonException failure)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidPrunePlan, $"{what} cannot be used: {path}{failure.Path?[1..]}: {failure.Message.Split(" Path:", 2)[0]}", failure);
        }
    }

    // None is ever written, and a list takes one for an item.
    private static void RefuseNull(JsonNode? node, string path, string what)
    {
        switch (node)
        {
            case null:
                throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"{what} cannot be used: {path} is null.");
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    RefuseNull(value, $"{path}.{name}", what);
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    RefuseNull(items[index], $"{path}[{index}]", what);
                }

                break;
        }
    }

    // Names are keys: of two revisions under one, a plan would count both and know only one.
    private static void RefuseDoubled(SavedPlan saved, string what)
    {
        if (saved.World.Revisions.GroupBy(revision => revision.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } doubled)
        {
            throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"{what} was altered: the plan of '{saved.World.App.Name}' has the revision '{doubled.Key}' twice.")
            {
                ResourceId = saved.World.App.ResourceId,
            };
        }
    }

    private static PrunePlan Replan(SavedPlan saved, string what)
    {
        RefuseDoubled(saved, what);
        PrunePlan plan;
        try
        {
            plan = saved.Replan();
        }
        catch (Exception failure) when (failure is RevisionToolsException or ArgumentException)
        {
            throw Altered(failure);
        }

        return saved.AgreesWith(plan) ? plan : throw Altered(null);

        RevisionToolsException Altered(Exception? cause) => new(
            FailureKind.InvalidPrunePlan,
            $"{what} was altered, or made by another version of the module: planned again, the plan of '{saved.World.App.Name}' is another than the file says.{(cause is null ? "" : $" {cause.Message}")}",
            cause)
        {
            ResourceId = saved.World.App.ResourceId,
        };
    }
}
