using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets.Simulation;

/// <summary>Makes new revisions of an app as its team would: a new image, and the traffic to it once it is ready. Some never are.</summary>
internal sealed class SimulatedDeployments(IContainerApps azure, SandboxClock clock, Random random)
{
    // About one deployment a day and app, and one in twelve that does not start.
    private static readonly int[] s_perDay = [0, 0, 0, 1, 1, 1, 1, 1, 2, 3];
    private static readonly string[] s_failures = ["-crash", "-missing", "-degraded"];
    private const int OneInFails = 12;

    private static readonly TimeSpan s_operation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(2);

    /// <summary>How many deployments of an app a day has.</summary>
    public int DrawCount() => s_perDay[random.Next(s_perDay.Length)];

    /// <summary>Makes a revision; null where the service refuses it, which is a deployment that did not take place.</summary>
    /// <param name="id">The app.</param>
    /// <param name="name">What tells the deployment from all others, for the suffix of the revision and the tag of its image.</param>
    /// <param name="cancellationToken">Stops before the next call.</param>
    /// <returns>Whether the revision is ready; it has all the traffic then.</returns>
    public async Task<bool?> DeployAsync(ContainerAppId id, string name, CancellationToken cancellationToken)
    {
        // Drawn whether the deployment is refused or not, so that the days after it are the same.
        var failure = random.Next(OneInFails) == 0 ? s_failures[random.Next(s_failures.Length)] : "";
        var document = await azure.GetAppDocumentAsync(id, cancellationToken).ConfigureAwait(false);
        var template = document.Template;
        if (template["containers"] is not JsonArray { Count: > 0 } containers || containers[0] is not JsonObject container)
        {
            return null;
        }

        container["image"] = $"{RepositoryOf((string?)container["image"] ?? "app")}:{name}{failure}";
        template["revisionSuffix"] = name;
        try
        {
            await PatchAsync(id, new JsonObject { ["template"] = template }, cancellationToken).ConfigureAwait(false);
            clock.Advance(s_start);
            var app = await azure.GetAppDocumentAsync(id, cancellationToken).ConfigureAwait(false);
            var revision = RevisionJoin.Join(
                app.App, await azure.GetRevisionAsync(new RevisionId(id, $"{id.Name}--{name}"), cancellationToken).ConfigureAwait(false));
            if (revision.Stage is not (RevisionStage.Ready or RevisionStage.Active))
            {
                return false;
            }

            await MoveTrafficAsync(app, revision, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RevisionToolsException refused) when (refused.Kind is FailureKind.RequestRefused or FailureKind.OperationFailed)
        {
            return null;
        }
    }

    /// <summary>All of it to the new revision; labels stay where they are. A table that follows the newest by itself is left alone.</summary>
    private async Task MoveTrafficAsync(AppDocument app, Revision revision, CancellationToken cancellationToken)
    {
        if (app.App.IsSingleMode || !app.App.IngressEnabled || app.App.Traffic.Any(entry => entry is { LatestRevision: true, Weight: > 0 }))
        {
            return;
        }

        JsonArray traffic = [new JsonObject { ["revisionName"] = revision.Name, ["weight"] = 100 }];
        var labelled = app.App.Traffic.Where(entry => entry is { Label: not null, RevisionName: not null }).ToList();
        var known = labelled.Count == 0 ? null : await new SnapshotReader(azure).ReadAsync(app.App, cancellationToken).ConfigureAwait(false);
        foreach (var entry in labelled.Where(entry => known!.Find(entry.RevisionName!) is not null))
        {
            traffic.Add(new JsonObject { ["revisionName"] = entry.RevisionName, ["weight"] = 0, ["label"] = entry.Label });
        }

        await PatchAsync(
            app.App.Id, new JsonObject { ["configuration"] = new JsonObject { ["ingress"] = new JsonObject { ["traffic"] = traffic } } }, cancellationToken)
            .ConfigureAwait(false);
    }

    private Task PatchAsync(ContainerAppId id, JsonObject properties, CancellationToken cancellationToken) =>
        azure.UpdateAppAsync(id, new JsonObject { ["properties"] = properties }, s_operation, cancellationToken);

    private static string RepositoryOf(string image)
    {
        var parts = ImageReference.Parse(image);
        return $"{parts.Registry}/{parts.Repository}";
    }
}
