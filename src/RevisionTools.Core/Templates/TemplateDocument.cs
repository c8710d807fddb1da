using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>What is compared: a template, and the configuration of its app where that is known.</summary>
/// <param name="Name">What it is called: a revision's full name or a file.</param>
/// <param name="Template">The template.</param>
/// <param name="Configuration">The configuration of the app.</param>
internal sealed record TemplateDocument(string Name, JsonObject Template, JsonObject? Configuration = null)
{
    /// <summary>Reads a file with a template, an app or a revision in it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTemplateFile"/></exception>
    public static TemplateDocument OfFile(string path)
    {
        var name = Path.GetFileName(path);
        var root = JsonText.ReadFile(path);
        var fields = new AppFields();
        var app = AppBody.Complete(root);
        var read = fields.Read(app, AppFields.App)["properties"] as JsonObject ?? [];
        var template = read["template"] as JsonObject ?? (HasTemplateField(root) ? fields.Read(root, AppFields.Template) : null);
        if (template is null)
        {
            throw Invalid(path, "there is neither a template nor an app or a revision with one in it");
        }

        if (TemplateShape.WrongIn(template, read["configuration"]) is { } wrong)
        {
            throw Invalid(path, wrong);
        }

        return new TemplateDocument(name, template, read["configuration"] as JsonObject);
    }

    /// <summary>How another document differs from this one: the template, and the configuration where both have one.</summary>
    public IReadOnlyList<RevisionDifference> Compare(TemplateDocument other, bool includeValue)
    {
        var differences = TemplateComparer.Compare(Template, other.Template, includeValue);
        if (Configuration is { } reference && other.Configuration is { } difference)
        {
            differences = [.. differences, .. TemplateComparer.Compare(OfConfiguration(reference), OfConfiguration(difference), includeValue)];
        }

        return [.. differences.Select(found => found with { ReferenceName = SafeText.Clean(Name), DifferenceName = SafeText.Clean(other.Name) })];
    }

    /// <summary>A configuration as it is compared: an ingress without a table has the default one, all to the latest revision.</summary>
    public static JsonObject OfConfiguration(JsonObject configuration)
    {
        var whole = (JsonObject)configuration.DeepClone();
        if (whole["ingress"] is JsonObject ingress)
        {
            ingress["traffic"] ??= new JsonArray(new JsonObject { ["latestRevision"] = true, ["weight"] = 100 });
        }

        return new JsonObject { ["configuration"] = whole };
    }

    private static bool HasTemplateField(JsonObject root) => root.Any(field => AppFields.Has(AppFields.Template, field.Key));

    private static RevisionToolsException Invalid(string path, string why) =>
        new(FailureKind.InvalidTemplateFile, $"The file '{path}' cannot be compared: {why}.");
}
