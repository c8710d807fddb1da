using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Makes an app of the data that describes it, with a past before the present moment.</summary>
internal sealed class AppBuilder(SandboxTenant tenant, ScenarioApp data, DateTimeOffset start)
{
    private const string EnvironmentGroup = "rg-platform";
    private const int DefaultMaxInactiveRevisions = 100;

    /// <summary>The environment of a region.</summary>
    internal static string EnvironmentIdOf(SandboxTenant tenant, string location) =>
        SandboxEnvironment.Id(tenant.SubscriptionId, EnvironmentGroup, location);

    internal void Build()
    {
        var domain = data.EnvironmentDomain ?? SandboxEnvironment.Domain(tenant.Random, data.Location);
        ScenarioTemplates templates = new(data.Name, data.Template ?? []);
        SandboxApp app = new()
        {
            SubscriptionId = tenant.SubscriptionId,
            Group = data.ResourceGroup,
            Name = data.Name,
            Location = data.Location,
            Kind = data.Kind,
            Tags = (JsonObject?)data.Tags?.DeepClone(),
            WorkloadProfileName = data.WorkloadProfileName,
            WorkloadProfileType = data.WorkloadProfileType,
            EnvironmentId = data.EnvironmentId ?? EnvironmentIdOf(tenant, data.Location),
            EnvironmentDomain = domain,
            Configuration = ConfigurationRules.Complete(Configuration(), data.Name, domain),
            Template = data.Revisions.Count == 0
                ? TemplateRules.Complete(data.Template ?? [])
                : templates.Completed(data.Revisions[^1]),
            CreatedAt = data.CreatedAt?.Resolve(start) ?? JustBefore(0, "created"),
            LastModifiedAt = data.LastModifiedAt?.Resolve(start) ?? JustBefore(data.Revisions.Count - 1, "modified"),
        };
        if (data.Identity is not null)
        {
            app.Identity = (JsonObject)JsonFields.WithoutNulls(data.Identity)!;
        }

        RevisionBuilder revisions = new(tenant.Random, data, start);
        for (var index = 0; index < data.Revisions.Count; index++)
        {
            app.Revisions.Add(revisions.Build(index, templates.Of(data.Revisions[index])));
        }

        app.LatestRevisionName = data.Revisions.Count == 0 ? null : app.Revisions[^1].Name;
        app.LatestReadyRevisionName = data.LatestReadyRevisionName ?? app.Revisions.FindLast(revision => revision.WasReady)?.Name;
        app.RequestsPerSecond = data.RequestsPerSecond;
        app.ReviewDue = start;
        tenant.Add(app);
        SetState(app);
    }

    private void SetState(SandboxApp app)
    {
        app.RevisionsMade = data.RevisionsMade;
        app.Writes = data.State?.Writes ?? 0;
        app.IsLoadKnown |= data.State?.IsLoadKnown == true;
        app.PurgeDue = data.State?.PurgeDue?.Resolve(start);
        app.Purges = data.State?.Purges ?? 0;
        app.StoppedRevisions = data.State?.StoppedRevisions;
        if (data.State?.Operation is { } operation)
        {
            tenant.Add(new SandboxOperation
            {
                Id = operation.Id,
                Kind = operation.Kind,
                App = app,
                StartTime = operation.StartTime.Resolve(start),
                EndTime = operation.EndTime?.Resolve(start) ?? DateTimeOffset.MaxValue,
                Error = operation.ErrorCode is { } code ? (code, operation.ErrorMessage ?? "") : null,
            });
            if (operation.Kind is OperationKind.Delete)
            {
                tenant.RemoveWhenDone(app);
            }
        }
    }

    private JsonObject Configuration()
    {
        var configuration = (JsonObject)(data.Configuration?.DeepClone() ?? new JsonObject());
        configuration.TryAdd("maxInactiveRevisions", DefaultMaxInactiveRevisions);
        foreach (var secret in (configuration["secrets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (secret["value"] is null && secret["keyVaultUrl"] is null)
            {
                secret["value"] = "sandbox";
            }
        }

        return configuration;
    }

    /// <summary>A write comes some seconds before the revision that it makes.</summary>
    private DateTimeOffset JustBefore(int revision, string purpose)
    {
        var time = data.Revisions.Count == 0 ? start : data.Revisions[revision].CreatedTime.Resolve(start);
        return time.AddTicks(tenant.Random.Between(-49_999_999, -20_000_001, $"{purpose}/{data.Name}"));
    }
}
