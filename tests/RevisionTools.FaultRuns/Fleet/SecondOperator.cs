using System.Globalization;
using System.Text.Json.Nodes;
using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Somebody who works on the same apps at the same time, and knows nothing of the prune.</summary>
internal sealed class SecondOperator(ContainerAppsSandbox sandbox, Watch watch, Random random)
{
    private int _deploys;

    /// <summary>Does one thing to one app.</summary>
    public void Act()
    {
        if (sandbox.Tenant.Apps.Count == 0)
        {
            return;
        }

        var app = random.Of(sandbox.Tenant.Apps);
        var revision = app.Revisions.Count == 0 ? "" : random.Of(app.Revisions).Name;
        switch (random.Next(20))
        {
            case < 4:
                Traffic(app, [ArmParts.To(revision, 100)]);
                break;
            case 4:
                Traffic(app, [ArmParts.ToLatest(100)]);
                break;
            case 5:
                Traffic(app, [ArmParts.To(revision, 60), ArmParts.To(app.LatestRevisionName ?? revision, 40)]);
                break;
            case < 9:
                Label(app, revision);
                break;
            case < 12:
                Deploy(app);
                break;
            case < 14:
                Post(app, $"revisions/{revision}/deactivate");
                break;
            case < 16:
                Post(app, $"revisions/{revision}/activate");
                break;
            case 16:
                Post(app, $"revisions/{revision}/restart");
                break;
            case < 19:
                Configure(app, new JsonObject { ["activeRevisionsMode"] = random.Of("Single", "Multiple", "Multiple", "Labels") });
                break;
            default:
                Configure(app, new JsonObject { ["maxInactiveRevisions"] = random.Next(1, 4) });
                break;
        }
    }

    private void Traffic(SandboxApp app, IReadOnlyList<JsonObject> entries)
    {
        if (app.Ingress is not null)
        {
            Configure(app, new JsonObject { ["ingress"] = new JsonObject { ["traffic"] = new JsonArray([.. entries]) } });
        }
    }

    private void Label(SandboxApp app, string revision)
    {
        var label = random.Of("blue", "green", "rescue");
        var others = (app.Ingress?["traffic"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => entry["label"]?.GetValue<string>() != label).Select(entry => (JsonObject)entry.DeepClone());
        Traffic(app, [.. others, ArmParts.To(revision, 0, label)]);
    }

    private void Deploy(SandboxApp app)
    {
        var tag = random.Of("", "", "", "-crash", "-missing", "-stuck", "-degraded");
        var image = string.Create(CultureInfo.InvariantCulture, $"contoso.azurecr.io/one:new{++_deploys}{tag}");
        var template = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = app.Name, ["image"] = image }) };

        // Once a revision has been purged, another may get its name.
        if (random.In100(40))
        {
            template["revisionSuffix"] = random.Of("v0", "v1", "0000000", "0000001");
        }

        Patch(app, new JsonObject { ["template"] = template });
    }

    private void Configure(SandboxApp app, JsonObject configuration) => Patch(app, new JsonObject { ["configuration"] = configuration });

    private void Patch(SandboxApp app, JsonObject properties) =>
        watch.Intervene("PATCH", app.ResourceId, new JsonObject { ["properties"] = properties }.ToJsonString());

    private void Post(SandboxApp app, string action) => watch.Intervene("POST", $"{app.ResourceId}/{action}", null);
}
