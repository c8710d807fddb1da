using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>The template of each revision of an app, from the app's and what the revision gives of its own; and back.</summary>
internal sealed class ScenarioTemplates(string appName, JsonObject appTemplate)
{
    // Revisions with one image and nothing else of their own share their template: a large fleet holds many.
    private readonly Dictionary<string, RevisionTemplate> _byImage = new(StringComparer.Ordinal);

    internal RevisionTemplate Of(ScenarioRevision revision)
    {
        if (revision.Template is not null || SuffixOf(appTemplate).Length > 0)
        {
            return TemplateRules.ForRevision(Completed(revision));
        }

        var image = revision.Image ?? "";
        if (!_byImage.TryGetValue(image, out var shared))
        {
            shared = TemplateRules.ForRevision(Completed(revision));
            _byImage.Add(image, shared);
        }

        return shared;
    }

    /// <summary>The template as an app shows it while this revision is its newest.</summary>
    internal JsonObject Completed(ScenarioRevision revision)
    {
        var template = JsonFields.Merge(appTemplate, revision.Template ?? []);
        if (revision.Template?["revisionSuffix"] is null && revision.FullName(appName) != $"{appName}--{SuffixOf(appTemplate)}")
        {
            // The suffix in the app's template is that of one revision.
            template.Remove("revisionSuffix");
        }

        if (revision.Image is not null)
        {
            SetImage(template, revision.Image);
        }

        return TemplateRules.Complete(template);
    }

    /// <summary>A revision's data with as little of its template as tells it from the app's.</summary>
    /// <param name="revision">The data without a template.</param>
    /// <param name="template">The revision's template.</param>
    /// <param name="anyOrder">Whether the order of fields counts as no difference: Azure CLI may sort them.</param>
    internal ScenarioRevision WithTemplate(ScenarioRevision revision, RevisionTemplate template, bool anyOrder = false)
    {
        var whole = (JsonObject)JsonNode.Parse(template.Json)!;
        var suffix = SuffixOf(whole);
        var own = suffix.Length > 0 && suffix != SuffixOf(appTemplate) ? new JsonObject { ["revisionSuffix"] = suffix } : null;
        var image = template.Images.Count > 0 ? template.Images[0] : null;
        foreach (var shorter in new[] { revision with { Template = own }, revision with { Template = own, Image = image } })
        {
            var json = Of(shorter).Json;
            if (json.AsSpan().SequenceEqual(template.Json) || (anyOrder && JsonNode.DeepEquals(JsonNode.Parse(json), whole)))
            {
                return shorter;
            }
        }

        return revision with { Template = whole };
    }

    private void SetImage(JsonObject template, string image)
    {
        if (template["containers"] is JsonArray { Count: > 0 } containers && containers[0] is JsonObject first)
        {
            first["image"] = image;
        }
        else
        {
            template["containers"] = new JsonArray(new JsonObject { ["image"] = image, ["name"] = appName });
        }
    }

    private static string SuffixOf(JsonObject template) => JsonFields.Text(template["revisionSuffix"]) ?? "";
}
