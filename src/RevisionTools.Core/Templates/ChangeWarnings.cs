using System.Text.Json.Nodes;
using RevisionTools.Traffic;

namespace RevisionTools.Templates;

/// <summary>Says what else comes of a change of an app, beside what it names.</summary>
internal static class ChangeWarnings
{
    public static IEnumerable<string> Of(ChangeScope scope, JsonObject patch, AppDocument? app)
    {
        var properties = patch["properties"] as JsonObject ?? [];
        var configuration = properties["configuration"] as JsonObject ?? [];
        var template = properties["template"] as JsonObject ?? [];
        return [.. OfShape(patch), .. OfRevision(scope, configuration, app), .. OfSuffix(scope, template, app), .. OfTemplate(template, app), .. OfConfiguration(scope, configuration, app)];
    }

    /// <summary>What is no object where Azure needs one.</summary>
    private static IEnumerable<string> OfShape(JsonObject patch)
    {
        var properties = patch["properties"] as JsonObject ?? [];
        return OfField(patch, "properties").Concat(OfField(properties, "template")).Concat(OfField(properties, "configuration"));

        static IEnumerable<string> OfField(JsonObject fields, string name) => !fields.TryGetPropertyValue(name, out var value) || value is JsonObject
            ? []
            : [$"Azure would refuse this: '{name}' is an object with fields, and {(value is null ? "cannot be removed" : "nothing else")}."];
    }

    private static IEnumerable<string> OfRevision(ChangeScope scope, JsonObject configuration, AppDocument? app)
    {
        if (!scope.MakesRevision || app is null)
        {
            yield break;
        }

        var mode = TemplateJson.Text(configuration["activeRevisionsMode"]) ?? app.App.RevisionMode;
        if (Names.Same(mode, RevisionModes.Single))
        {
            yield return "In Single mode the platform switches to the new revision once it is ready, and takes the others down.";
        }
        else if (app.App.IngressEnabled && FollowsLatest(configuration, app.App))
        {
            yield return "The traffic table has an entry for the latest revision: the new revision takes its share over as soon as it is ready.";
        }
    }

    private static bool FollowsLatest(JsonObject configuration, ContainerApp app) => TableOf(configuration) is { } table
        ? TemplateJson.Objects(table).Any(entry => entry["latestRevision"] is JsonValue flag && flag.TryGetValue(out bool latest) && latest && TemplateJson.Number(entry["weight"]) > 0)
        : TrafficPin.IsOpen(app.Traffic);

    private static IEnumerable<string> OfSuffix(ChangeScope scope, JsonObject template, AppDocument? app)
    {
        var suffix = TemplateJson.Text(template["revisionSuffix"]);
        if (app is not null && suffix is { Length: > 0 } && RevisionSuffix.BrokenRule(app.App.Name, suffix) is { } rule)
        {
            yield return $"Azure would not take the suffix '{suffix}': {rule}.";
        }

        if (scope.MakesRevision && app is not null && !template.ContainsKey("revisionSuffix")
            && TemplateJson.Text(app.Document("template")["revisionSuffix"]) is { Length: > 0 } old)
        {
            yield return $"The app's template still has the suffix '{old}' of its newest revision, and Azure takes a suffix once only: set template.revisionSuffix, or to null.";
        }
    }

    private static IEnumerable<string> OfTemplate(JsonObject template, AppDocument? app)
    {
        if (app is null)
        {
            return template.Where(field => field.Value is JsonArray).Select(field => $"The list 'template.{field.Key}' is replaced whole: what it leaves out is gone.");
        }

        var was = app.Document("template");
        var warnings = TemplateComparer.Compare(was, MergePatch.Apply(was, template))
            .Where(difference => difference.Kind == DifferenceKind.Removed)
            .Select(difference => $"'template.{difference.Path}' goes: lists are replaced whole.");
        return app.App.IsFunctionApp && TemplateJson.Objects((template["scale"] as JsonObject)?["rules"]).Any()
            ? warnings.Append("Azure refuses scale rules of a function app: it makes them out of the triggers.")
            : warnings;
    }

    private static IEnumerable<string> OfConfiguration(ChangeScope scope, JsonObject configuration, AppDocument? app)
    {
        if (scope.ApplicationFields.Any(field => field.StartsWith("configuration.secrets", StringComparison.Ordinal)))
        {
            yield return "Running replicas see a changed secret only after a restart: Restart-AcaRevision, or a new revision.";
        }

        if (TemplateJson.Text(configuration["activeRevisionsMode"]) is { } mode && (app is null || !Names.Same(mode, app.App.RevisionMode)))
        {
            yield return Names.Same(mode, RevisionModes.Single)
                ? "In Single mode the platform keeps the latest revision and takes all others down."
                : $"The revision mode becomes {mode}: revisions then stay active until somebody deactivates them.";
        }

        foreach (var warning in TableOf(configuration) is { } table ? OfTable(table, app?.App) : [])
        {
            yield return warning;
        }
    }

    private static IEnumerable<string> OfTable(JsonArray table, ContainerApp? app)
    {
        var sum = TemplateJson.Objects(table).Sum(entry => TemplateJson.Number(entry["weight"]) ?? 0);
        if (sum != 100)
        {
            yield return $"The weights of the traffic table add up to {TemplateJson.Format(sum)}, not to 100.";
        }

        var labels = TemplateJson.Objects(table).Select(entry => TemplateJson.Text(entry["label"])).ToList();
        foreach (var lost in (app?.Traffic ?? []).Select(entry => entry.Label).Where(label => !string.IsNullOrEmpty(label) && !labels.Exists(kept => Names.Same(kept, label))))
        {
            yield return $"The label '{lost}' goes: the traffic table is replaced whole.";
        }

        if (app is null)
        {
            yield return "The traffic table is replaced whole: entries and labels that it leaves out are gone.";
        }
    }

    private static JsonArray? TableOf(JsonObject configuration) => (configuration["ingress"] as JsonObject)?["traffic"] as JsonArray;

    private static JsonObject Document(this AppDocument app, string part) => (app.Json["properties"] as JsonObject)?[part] as JsonObject ?? [];
}
