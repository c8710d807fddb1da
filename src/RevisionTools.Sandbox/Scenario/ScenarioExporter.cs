using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// Writes down what a tenant holds. A sandbox that starts from it at the same time answers reads of apps, revisions and replicas
/// byte for byte alike. Operations under way go on; those that are done are forgotten, so their addresses answer 404. Secrets are
/// kept by name only.
/// </summary>
internal sealed class ScenarioExporter(SandboxTenant tenant, DateTimeOffset now)
{
    internal SandboxScenario Export()
    {
        tenant.Settle(now);
        AppLifecycle lifecycle = new(tenant);
        foreach (var app in tenant.Apps)
        {
            lifecycle.Settle(app, now);
        }

        return new SandboxScenario
        {
            Time = now,
            Seed = tenant.Random.Seed,
            SubscriptionId = tenant.SubscriptionId,
            SubscriptionName = tenant.SubscriptionName,
            TenantId = tenant.TenantId,
            ResourceGroups = [.. tenant.Groups.Where(group => !tenant.Apps.Any(app => app.Group.Equals(group, StringComparison.Ordinal)))],
            Apps = [.. tenant.Apps.Select(Export)],
            Queues = [.. tenant.Work.Queues.Select(Export)],
            Storages = [.. tenant.Storages.Select(Export)],
        };
    }

    /// <summary>What was consumed before is not kept; what is in flight counts as consumed.</summary>
    private static ScenarioQueueLoad Export(SandboxQueue queue) => new()
    {
        Name = queue.Name,
        ArrivalsPerMinute = queue.ArrivalsPerMinute,
        Waiting = queue.Waiting,
        DaprAppId = queue.DaprAppId,
        Arriving = queue.Arriving,
    };

    private ScenarioStorage Export(EnvironmentStorage storage) => new()
    {
        Name = storage.Name,
        Location = tenant.FindEnvironment(storage.EnvironmentId)!.Location,
        EnvironmentId = storage.EnvironmentId,
        Properties = (JsonObject)storage.Properties.DeepClone(),
    };

    private ScenarioApp Export(SandboxApp app)
    {
        var domain = SandboxEnvironment.Domain(tenant.Random, app.Location);
        ScenarioApp data = new()
        {
            ResourceGroup = app.Group,
            Name = app.Name,
            Location = app.Location,
            Kind = app.Kind,
            Tags = (JsonObject?)app.Tags?.DeepClone(),
            Identity = (JsonObject)app.Identity.DeepClone(),
            EnvironmentId = app.EnvironmentId,
            EnvironmentDomain = app.EnvironmentDomain == domain ? null : app.EnvironmentDomain,
            WorkloadProfileName = app.WorkloadProfileName,
            WorkloadProfileType = app.WorkloadProfileType,
            CreatedAt = ScenarioTime.At(app.CreatedAt),
            LastModifiedAt = ScenarioTime.At(app.LastModifiedAt),
            Configuration = WithoutSecretValues(app.Configuration),
            Template = (JsonObject)app.Template.DeepClone(),
            RequestsPerSecond = app.RequestsPerSecond,
            Functions = [.. (app.Revisions.LastOrDefault()?.Functions ?? []).Select(ScenarioFunction.Of)],
        };
        ScenarioTemplates templates = new(app.Name, app.Template);
        var newestReady = app.Revisions.FindLast(revision => revision.WasReady)?.Name;
        data = data with
        {
            Revisions =
            [
                .. app.Revisions.Select(revision => templates.WithTemplate(Describe(revision, app.Configuration), revision.Template) with
                {
                    Functions = revision.Functions.SequenceEqual(app.Revisions[^1].Functions) ? null : [.. revision.Functions.Select(ScenarioFunction.Of)],
                }),
            ],
            LatestReadyRevisionName = app.LatestReadyRevisionName == newestReady ? null : app.LatestReadyRevisionName,
        };
        return WithStates(data, app, templates) with { State = State(app, data.RevisionsMade) };
    }

    private static ScenarioRevision Describe(SandboxRevision revision, JsonObject configuration) => new()
    {
        Name = revision.Name,
        CreatedTime = ScenarioTime.At(revision.CreatedTime),
        Active = revision.IsActive,
        LastActiveTime = Moment(revision.LastActiveTime),
        Replicas = revision.IsActive ? revision.Replicas : null,
        RunningState = revision.ReportedRunningState,
        Outcome = revision.Outcome,
        Registries = RevisionReferences.Registries(configuration, revision.Template).SequenceEqual(revision.Registries) ? null : revision.Registries,
    };

    /// <summary>A state is written down only of revisions that would not come out the same without.</summary>
    private ScenarioApp WithStates(ScenarioApp data, SandboxApp app, ScenarioTemplates templates)
    {
        RevisionBuilder builder = new(tenant.Random, data, now);
        var revisions = data.Revisions.Select((revision, index) =>
            State(builder.Build(index, templates.Of(revision))) == State(app.Revisions[index])
                ? revision
                : revision with { State = State(app.Revisions[index]) });
        return data with { Revisions = [.. revisions] };
    }

    private static ScenarioRevisionState State(SandboxRevision revision) => new()
    {
        Phase = revision.Phase,
        Since = ScenarioTime.At(revision.PhaseStarted),
        Until = Moment(revision.PhaseEnds),
        ReadyTime = revision is { PhaseEnds: not null, Phase: RevisionPhase.Provisioning or RevisionPhase.Activating }
            ? Moment(revision.ReadyTime)
            : null,
        WasReady = revision.WasReady,
        HasFailed = revision.HasFailed,
        ReplicasStarted = ScenarioTime.At(revision.ReplicasStarted),
        ReplicaGeneration = revision.ReplicaGeneration,
        Commands = revision.Commands,
        FollowsLoad = revision.FollowsLoad,
        EventReplicas = revision.EventReplicas,
        ScaleDue = Moment(revision.ScaleDue),
    };

    /// <summary>Left out where it says no more than the revisions do.</summary>
    private ScenarioAppState? State(SandboxApp app, int likelyRevisionsMade)
    {
        var operation = app.IsBeingWritten(now) ? app.Operation : null;
        var isUntouched = operation is null && app.StoppedRevisions is null && app is { Writes: 0, Purges: 0 } &&
            app.IsLoadKnown == app.RequestsPerSecond > 0 && app.RevisionsMade == likelyRevisionsMade;
        return isUntouched ? null : new ScenarioAppState
        {
            RevisionsMade = app.RevisionsMade,
            Writes = app.Writes,
            IsLoadKnown = app.IsLoadKnown,
            PurgeDue = Moment(app.PurgeDue),
            Purges = app.Purges,
            StoppedRevisions = app.StoppedRevisions,
            Operation = operation is null ? null : new ScenarioOperation
            {
                Id = operation.Id,
                Kind = operation.Kind,
                StartTime = ScenarioTime.At(operation.StartTime),
                EndTime = operation.EndTime == DateTimeOffset.MaxValue ? null : ScenarioTime.At(operation.EndTime),
                ErrorCode = operation.Error?.Code,
                ErrorMessage = operation.Error?.Message,
            },
        };
    }

    /// <summary>A value may have come from a live app, so none leaves.</summary>
    private static JsonObject WithoutSecretValues(JsonObject configuration)
    {
        var copy = (JsonObject)configuration.DeepClone();
        foreach (var secret in (copy["secrets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            secret.Remove("value");
        }

        // Absent it would be the service's default.
        copy.TryAdd("maxInactiveRevisions", null);
        return copy;
    }

    private static ScenarioTime? Moment(DateTimeOffset? time) => time is { } moment ? ScenarioTime.At(moment) : null;
}
