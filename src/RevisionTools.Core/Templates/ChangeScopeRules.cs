using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Says which fields of a merge patch make a revision (ARM-FACTS 4.9), alone or held against an app.</summary>
internal static class ChangeScopeRules
{
    private const string Template = "template";
    private const string SuffixField = "template.revisionSuffix";

    /// <param name="body">The patch, with <c>properties</c> or without.</param>
    /// <param name="app">The app that it is meant for; null for none.</param>
    public static ChangeScope Of(JsonObject body, AppDocument? app)
    {
        var fields = new AppFields();
        var patch = fields.Read(AppBody.Complete(body), AppFields.App);
        var leaves = Leaves(patch, "").Except(fields.ReadOnly).ToList();
        var (revision, application) = app is null ? Alone(leaves) : Against(patch, leaves, app.Json);
        var scope = new ChangeScope
        {
            ContainerAppName = app?.App.Name,
            ResourceGroupName = app?.App.ResourceGroupName,
            RevisionFields = Shown(revision),
            ApplicationFields = Shown(application),
            Unchanged = app is null ? [] : Shown(leaves.Where(leaf => !Touches(revision, leaf) && !Touches(application, leaf)).Concat(fields.ReadOnly)),
            UnknownFields = Shown(fields.Unknown),
        };
        return scope with { Warnings = [.. ChangeWarnings.Of(scope, patch, app), .. fields.ReadOnly.Select(path => $"'{Short(path)}' is written by Azure, which ignores it in a change.")] };
    }

    private static (List<string> Revision, List<string> Application) Alone(List<string> leaves) =>
        (leaves.FindAll(IsOfTemplate), leaves.FindAll(leaf => !IsOfTemplate(leaf)));

    private static (List<string> Revision, List<string> Application) Against(JsonObject patch, List<string> leaves, JsonObject app)
    {
        var after = MergePatch.Apply(app, patch);
        var revision = TemplateComparer.Compare(Part(app, Template), Part(after, Template)).Select(difference => $"properties.{Template}.{difference.Path}").ToList();
        if (SuffixOf(app) != SuffixOf(after))
        {
            revision.Add($"properties.{SuffixField}");
        }

        var application = TemplateComparer.Compare(
                TemplateDocument.OfConfiguration(Part(app, "configuration")), TemplateDocument.OfConfiguration(Part(after, "configuration")))
            .Select(difference => $"properties.{difference.Path}")
            .Concat(SecretValues(patch))
            .Concat(leaves.Where(leaf => !IsOfTemplate(leaf) && !leaf.StartsWith("properties.configuration", StringComparison.Ordinal) && !JsonNode.DeepEquals(At(app, leaf), At(after, leaf))));
        return (revision, [.. application.Distinct()]);
    }

    /// <summary>Whether a secret has the value already, nobody can see.</summary>
    private static IEnumerable<string> SecretValues(JsonObject patch) =>
        TemplateJson.Objects(Part(patch, "configuration")["secrets"])
            .Where(secret => secret["value"] is not null)
            .Select(secret => $"properties.configuration.secrets[{SafeText.Clean(TemplateJson.Text(secret["name"]) ?? "")}]");

    private static string SuffixOf(JsonObject app) => TemplateJson.Text(Part(app, Template)["revisionSuffix"]) ?? "";

    private static JsonObject Part(JsonObject app, string name) => (app["properties"] as JsonObject)?[name] as JsonObject ?? [];

    /// <summary>The fields that a patch sets: arrays are replaced whole, so they are one.</summary>
    private static IEnumerable<string> Leaves(JsonObject fields, string path)
    {
        foreach (var (name, value) in fields)
        {
            var below = path.Length == 0 ? name : $"{path}.{name}";
            foreach (var leaf in value is JsonObject deeper ? Leaves(deeper, below) : [below])
            {
                yield return leaf;
            }
        }
    }

    private static JsonNode? At(JsonObject app, string path)
    {
        JsonNode? node = app;
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    private static bool Touches(List<string> changed, string leaf) =>
        changed.Exists(path => path.StartsWith(leaf, StringComparison.Ordinal) && (path.Length == leaf.Length || path[leaf.Length] is '.' or '[')
            || leaf.StartsWith(path + ".", StringComparison.Ordinal));

    private static bool IsOfTemplate(string path) => path == $"properties.{Template}" || path.StartsWith($"properties.{Template}.", StringComparison.Ordinal);

    private static IReadOnlyList<string> Shown(IEnumerable<string> paths) => [.. paths.Select(Short).Distinct()];

    private static string Short(string path) =>
        SafeText.Clean(path.StartsWith("properties.", StringComparison.Ordinal) ? path["properties.".Length..] : path);
}
