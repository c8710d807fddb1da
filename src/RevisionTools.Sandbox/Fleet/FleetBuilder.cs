using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Makes apps of the data that describes them, with a past before the present moment.</summary>
internal sealed class FleetBuilder(SandboxTenant tenant, DateTimeOffset now)
{
    private const string EnvironmentGroup = "rg-platform";

    internal void Add(FleetApp plan)
    {
        var newest = plan.Revisions[^1];
        var created = Created(plan, plan.Revisions[0]);
        SandboxApp app = new()
        {
            SubscriptionId = tenant.SubscriptionId,
            Group = plan.Group,
            Name = plan.Name,
            Location = plan.Location,
            Kind = plan.Kind,
            Tags = plan.Owner is null ? null : new JsonObject { ["owner"] = plan.Owner },
            EnvironmentId = SandboxEnvironment.Id(tenant.SubscriptionId, EnvironmentGroup, plan.Location),
            EnvironmentDomain = SandboxEnvironment.Domain(tenant.Random, plan.Location),
            Configuration = Configuration(plan),
            Template = Template(plan, newest),
            CreatedAt = created.AddTicks(tenant.Random.Between(-49_999_999, -20_000_001, $"created/{plan.Name}")),
            LastModifiedAt = Created(plan, newest)
                .AddTicks(tenant.Random.Between(-49_999_999, -20_000_001, $"modified/{plan.Name}")),
        };
        foreach (var revision in plan.Revisions)
        {
            app.Revisions.Add(Revision(plan, revision));
        }

        app.RevisionsMade = app.Revisions.Count;
        app.LatestRevisionName = app.Revisions[^1].Name;
        app.LatestReadyRevisionName = app.Revisions.FindLast(revision => revision.WasReady)?.Name;
        tenant.Add(app);
    }

    private static JsonObject Template(FleetApp plan, FleetRevision revision)
    {
        JsonObject container = new() { ["image"] = $"{plan.Image}:{revision.Tag}", ["name"] = plan.Name };
        if (plan.Environment is not null)
        {
            container["env"] = JsonNode.Parse(plan.Environment);
        }

        return TemplateRules.Complete(new JsonObject
        {
            ["revisionSuffix"] = revision.IsNamed ? revision.Suffix : null,
            ["containers"] = new JsonArray(container),
            ["scale"] = new JsonObject
            {
                ["minReplicas"] = plan.MinReplicas,
                ["maxReplicas"] = plan.MaxReplicas,
                ["rules"] = plan.Rules is null ? null : JsonNode.Parse(plan.Rules),
            },
        });
    }

    private JsonObject Configuration(FleetApp plan)
    {
        JsonObject configuration = new() { ["activeRevisionsMode"] = plan.Mode, ["maxInactiveRevisions"] = 100 };
        if (plan.Secrets.Count > 0)
        {
            configuration["secrets"] = new JsonArray(
                [.. plan.Secrets.Select(name => new JsonObject { ["name"] = name, ["value"] = "sandbox" })]);
        }

        if (plan.Dapr is not null)
        {
            configuration["dapr"] = JsonNode.Parse(plan.Dapr);
        }

        if (plan.Port is not null)
        {
            configuration["ingress"] = Ingress(plan);
        }

        return ConfigurationRules.Complete(configuration, plan.Name, SandboxEnvironment.Domain(tenant.Random, plan.Location));
    }

    private static JsonObject Ingress(FleetApp plan)
    {
        JsonObject ingress = new() { ["external"] = plan.External, ["targetPort"] = plan.Port };
        if (plan.Traffic.Count > 0)
        {
            ingress["traffic"] = new JsonArray([.. plan.Traffic.Select(entry => new JsonObject
            {
                ["revisionName"] = entry.Suffix is null ? null : $"{plan.Name}--{entry.Suffix}",
                ["weight"] = entry.Weight,
                ["latestRevision"] = entry.Suffix is null,
                ["label"] = entry.Label,
            })]);
        }

        return ingress;
    }

    private SandboxRevision Revision(FleetApp plan, FleetRevision data)
    {
        var created = Created(plan, data);
        SandboxRevision revision = new()
        {
            Name = $"{plan.Name}--{data.Suffix}",
            CreatedTime = created,
            Template = TemplateRules.ForRevision(Template(plan, data)),
            Outcome = data.Outcome,
            ReportedRunningState = data.ReportedRunningState,
            ReplicasStarted = created.AddSeconds(15),
            WasReady = data.Outcome is StartOutcome.Ready,
        };
        if (data.Inactive is { } inactive)
        {
            var stopped = now - inactive - Jitter($"stopped/{plan.Name}/{data.Suffix}");
            revision.LastActiveTime = stopped;
            revision.Enter(RevisionPhase.Inactive, stopped);
        }
        else
        {
            revision.Replicas = data.Replicas;
            revision.Enter(revision.WasReady ? RevisionPhase.Running : RevisionPhase.Failed, created.AddSeconds(30));
        }

        return revision;
    }

    private DateTimeOffset Created(FleetApp plan, FleetRevision revision) =>
        now - revision.Age - Jitter($"age/{plan.Name}/{revision.Suffix}");

    /// <summary>Up to two minutes, so that times look like life.</summary>
    private TimeSpan Jitter(string purpose) => TimeSpan.FromSeconds(tenant.Random.Between(0, 119, purpose));
}
