using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Pruning.Saved;

/// <summary>Saves prune plans to a file, and takes them up again.</summary>
internal static class PlanFile
{
    private const int LargestFile = 256 * 1024 * 1024;

    // Names and reasons stay readable; the file is no part of a web page.
    private static readonly PlanJsonContext s_readable = new(new JsonSerializerOptions(PlanJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The plans as the text of a file.</summary>
    public static string Write(IEnumerable<PrunePlan> plans) => JsonSerializer.Serialize(
        new SavedPlans { Format = SavedPlans.FormatName, Version = SavedPlans.CurrentVersion, Plans = [.. plans.Select(SavedPlan.Of)] },
        s_readable.SavedPlans);

    /// <param name="path">The whole path of the file.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/>, with the file and what is wrong with it.</exception>
    public static IReadOnlyList<PrunePlan> ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? Read(File.ReadAllText(path), $"The file '{path}'")
                : throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"The file '{path}' is larger than 256 MB; no plan is.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"The file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <param name="text">The text of a file.</param>
    /// <param name="what">What the text is, as a message begins.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/></exception>
    public static IReadOnlyList<PrunePlan> Read(string text, string what)
    {
        var document = JsonText.ReadObject(text, what, FailureKind.InvalidPrunePlan);
        if (TemplateJson.Text(document["format"]) != SavedPlans.FormatName)
        {
            throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"{what} is no file with prune plans: its 'format' is not '{SavedPlans.FormatName}'.");
        }

        if (TemplateJson.Number(document["version"]) != SavedPlans.CurrentVersion)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidPrunePlan,
                $"{what} has version {document["version"]?.ToJsonString() ?? "none"} of the format, and this module reads version {SavedPlans.CurrentVersion}.");
        }

        RefuseNull(document, "$", what);
        return [.. Deserialize(document, what).Plans.Select(saved => Replan(saved, what))];
    }

    private static SavedPlans Deserialize(JsonObject document, string what)
    {
        try
        {
            return document.Deserialize(PlanJsonContext.Default.SavedPlans)!;
        }
        catch (JsonException failure)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidPrunePlan, $"{what} cannot be used: {failure.Path}: {failure.Message.Split(" Path:", 2)[0]}", failure);
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
