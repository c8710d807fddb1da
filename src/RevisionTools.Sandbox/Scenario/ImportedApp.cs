using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A live app as an app of a scenario. Secrets keep their names and lose their values.</summary>
internal sealed class ImportedApp(ImportedResource app, DateTimeOffset time)
{
    internal ScenarioApp Describe(IEnumerable<ImportedResource> revisions)
    {
        ImportedRevision[] found = [.. revisions.Select(revision => new ImportedRevision(revision, time)).OrderBy(revision => revision.Created)];
        var newest = found[^1];
        var systemData = app.Json["systemData"] as JsonObject;
        var template = TemplateRules.Complete(app.Section("template") ?? newest.Template);
        ScenarioTemplates templates = new(app.Name, template);
        return new ScenarioApp
        {
            ResourceGroup = app.Group,
            Name = app.Name,
            Location = JsonFields.Text(app.Json["location"]) ?? "North Europe",
            Kind = JsonFields.Text(app.Json["kind"]) is { Length: > 0 } kind ? kind : null,
            Tags = Copy(app.Json["tags"]),
            Identity = Copy(app.Json["identity"]),
            EnvironmentId = app.Text("environmentId") ?? app.Text("managedEnvironmentId"),
            EnvironmentDomain = newest.Domain(),
            WorkloadProfileName = app.Text("workloadProfileName") ?? "Consumption",
            CreatedAt = app.Time(systemData, "createdAt"),
            LastModifiedAt = app.Time(systemData, "lastModifiedAt"),
            Configuration = Configuration(),
            Template = template,
            LatestReadyRevisionName = LatestReady(found),
            Revisions =
            [
                .. found.Select(revision => templates.WithTemplate(
                    revision.Describe(), TemplateRules.ForRevision(TemplateRules.Complete(revision.Template)), anyOrder: true)),
            ],
        };
    }

    /// <summary>The one that Azure names, where it is still there.</summary>
    private string? LatestReady(ImportedRevision[] revisions) =>
        app.Text("latestReadyRevisionName") is { } name && revisions.Any(revision => revision.Name == name) ? name : null;

    private JsonObject Configuration()
    {
        var configuration = Copy(app.Section("configuration")) ?? [];
        foreach (var secret in (configuration["secrets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            secret.Remove("value");
        }

        return configuration;
    }

    private static JsonObject? Copy(JsonNode? node) => (JsonObject?)(node as JsonObject)?.DeepClone();
}
