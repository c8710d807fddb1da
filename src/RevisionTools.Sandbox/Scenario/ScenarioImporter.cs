using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// Makes a scenario of what Azure CLI prints: <c>az containerapp show</c> or <c>list</c>, and
/// <c>az containerapp revision list --all</c>. Bare ARM answers do as well.
/// </summary>
internal static class ScenarioImporter
{
    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="ScenarioException">A text is not what Azure CLI prints, or does not fit the others.</exception>
    internal static SandboxScenario Import(IEnumerable<string> apps, IEnumerable<string> revisions, DateTimeOffset time)
    {
        ImportedResource[] found = [.. Resources(apps, "apps").DistinctBy(app => app.Id, StringComparer.OrdinalIgnoreCase)];
        ScenarioChecks.Require(found.Length > 0, "apps", "there is no app in it");
        var ofApp = Resources(revisions, "revisions")
            .DistinctBy(revision => revision.Id, StringComparer.OrdinalIgnoreCase)
            .ToLookup(revision => revision.AppKey, StringComparer.OrdinalIgnoreCase);
        var subscription = found[0].Subscription;
        foreach (var app in found)
        {
            ScenarioChecks.Require(app.Subscription == subscription, app.Path, "it is of another subscription than the first; a sandbox has one");
            ScenarioChecks.Require(
                ofApp.Contains(app.AppKey), app.Path, $"no revision of '{app.Name}' is among the revisions: 'az containerapp revision list --all' gives them");
        }

        // A clock that is a little behind Azure's must not make the newest things lie in the future.
        time = found.Concat(ofApp.SelectMany(of => of)).Aggregate(time, (latest, resource) => resource.Latest(latest));
        SandboxScenario scenario = new()
        {
            Time = time.ToUniversalTime(),
            SubscriptionId = subscription,
            Apps = [.. found.Select(app => new ImportedApp(app, time).Describe(ofApp[app.AppKey]))],
        };
        try
        {
            ScenarioChecks.Check(scenario);
        }
        catch (ScenarioException failure)
        {
            throw new ScenarioException(
                failure.Path,
                $"{failure.Reason} (in the scenario that would be made; are the revisions those of 'az containerapp revision list --all'?)",
                failure);
        }

        return scenario;
    }

    /// <summary>An object, an array of them, or an array in the field <c>value</c>.</summary>
    private static IEnumerable<ImportedResource> Resources(IEnumerable<string> texts, string what)
    {
        var number = 0;
        foreach (var text in texts)
        {
            var path = $"{what}[{number++}]";
            var node = Parse(text, path);
            var items = node switch
            {
                JsonArray array => array,
                JsonObject list when list["value"] is JsonArray array => array,
                JsonObject => new JsonArray(node),
                _ => throw new ScenarioException(path, "an object or an array of objects is expected"),
            };
            for (var index = 0; index < items.Count; index++)
            {
                yield return ImportedResource.Of(items[index], ReferenceEquals(items, node) ? $"{path}[{index}]" : path);
            }
        }
    }

    private static JsonNode? Parse(string text, string path)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: s_options);
            JsonFields.ReadAll(node);
            return node;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new ScenarioException(path, error.Message, error);
        }
    }
}
