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
            using var file = File.OpenRead(path);
            return file.Length <= LargestFile
                ? Read(file, $"The file '{path}'")
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
    public static IReadOnlyList<PrunePlan> Read(Stream utf8, string what)
    {
        var file = Open(utf8, what);
        var frame = JsonText.ReadObject(file.Frame(), what, FailureKind.InvalidPrunePlan);
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
        List<PrunePlan> plans = new(file.Count);
        for (var index = 0; index < file.Count; index++)
        {
            var node = JsonText.Read(file.Item(index), what, FailureKind.InvalidPrunePlan);
            plans.Add(Replan(Deserialize(node, PlanJsonContext.Default.SavedPlan, $"$.{ListName}[{index}]", what), what));
        }

        return plans;
    }

    private static JsonListFile Open(Stream utf8, string what)
    {
        try
        {
            return new JsonListFile(utf8, ListName);
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
