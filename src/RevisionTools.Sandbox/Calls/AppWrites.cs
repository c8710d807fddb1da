using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Making and changing apps (ARM-FACTS 3.2, 4.9). What is written shows at once; the operation ends later.</summary>
internal static class AppWrites
{
    private const int DefaultMaxInactiveRevisions = 100;

    /// <summary>Replaces the app, or makes it: 201 either way, with Azure-AsyncOperation only.</summary>
    internal static ArmAnswer Put(ArmCall call)
    {
        var existing = call.FindApp();
        call.RequireIdle(existing);
        var body = call.Body();
        BodyShape.Check(body);
        RequireEnvironment(call, body);
        var configuration = ConfigurationRules.Echo(Section(body, "configuration"));
        var template = Template(call, body);
        if (existing is null)
        {
            configuration["maxInactiveRevisions"] ??= DefaultMaxInactiveRevisions;
        }

        var app = existing ?? NewApp(call, body);
        AppChange change = new(call, app, configuration, template);
        change.Check(JsonFields.Text(body["kind"]), checkTraffic: true);
        if (existing is null)
        {
            call.Tenant.Add(app);
        }

        SetEnvelope(app, body, replace: true);
        var operation = call.Tenant.StartOperation(app, call.Now, OperationDurations.Put, change.ExpectedOutcome);
        change.Apply();
        ArmAnswer answer = new(HttpStatusCode.Created, JsonBytes.Of(writer =>
            AppWriter.WriteAccepted(writer, app, configuration, TemplateRules.Echo(template), existing is null, call.Version)));
        return answer
            .With("Azure-AsyncOperation", OperationCalls.StatusAddress(call, operation))
            .With("x-ms-async-operation-timeout", "PT15M")
            .With("Retry-After", OperationCalls.RetryAfterSeconds);
    }

    /// <summary>Merges into the app: 202 without a body, with both headers.</summary>
    internal static ArmAnswer Patch(ArmCall call)
    {
        var app = call.App();
        call.RequireIdle(app);
        var body = call.Body();
        BodyShape.Check(body);
        RequireEnvironment(call, body);
        var configuration = Section(body, "configuration");
        AppChange change = new(
            call,
            app,
            JsonFields.Merge(app.Configuration, configuration),
            JsonFields.Merge(app.Template, Template(call, body)));
        change.Check(JsonFields.Text(body["kind"]), checkTraffic: (configuration["ingress"] as JsonObject)?["traffic"] is not null);
        SetEnvelope(app, body, replace: false);
        var operation = call.Tenant.StartOperation(app, call.Now);
        change.Apply();
        return OperationCalls.Accepted(call, operation)
            .With("Azure-AsyncOperation", OperationCalls.StatusAddress(call, operation));
    }

    /// <summary>An app needs an environment that is there (recording 13).</summary>
    private static void RequireEnvironment(ArmCall call, JsonObject body)
    {
        if (EnvironmentId(body) is { } id && call.Tenant.FindEnvironment(id) is null)
        {
            throw ArmErrors.BadRequest(
                "ManagedEnvironmentNotProvisioned", $"The environment '{id}' has not been provisioned successfully.");
        }
    }

    private static string? EnvironmentId(JsonObject body) =>
        JsonFields.Text((body["properties"] as JsonObject)?["environmentId"]) ??
        JsonFields.Text((body["properties"] as JsonObject)?["managedEnvironmentId"]);

    private static JsonObject Section(JsonObject body, string name) => (body["properties"] as JsonObject)?[name] as JsonObject ?? [];

    private static JsonObject Template(ArmCall call, JsonObject body)
    {
        var template = Section(body, "template");
        ScaleChecks.DropUnknown(template, call.Version);
        return template;
    }

    private static SandboxApp NewApp(ArmCall call, JsonObject body)
    {
        AppNameRules.Check(call["app"]);
        var location = JsonFields.Text(body["location"]) ?? throw ArmErrors.LocationRequired();
        return new SandboxApp
        {
            SubscriptionId = call.Tenant.SubscriptionId,
            Group = call["group"],
            Name = call["app"],
            Location = location,
            EnvironmentId = EnvironmentId(body) ?? SandboxEnvironment.Id(call.Tenant.SubscriptionId, call["group"], location),
            EnvironmentDomain = SandboxEnvironment.Domain(call.Tenant.Random, location),
            Configuration = [],
            Template = [],
            CreatedAt = call.Now,
            LastModifiedAt = call.Now,
        };
    }

    /// <summary>What stands beside configuration and template.</summary>
    private static void SetEnvelope(SandboxApp app, JsonObject body, bool replace)
    {
        var tags = body["tags"] as JsonObject;
        app.Tags = replace || (body.ContainsKey("tags") && tags is null)
            ? tags is null ? null : (JsonObject)tags.DeepClone()
            : JsonFields.Merge(app.Tags ?? [], tags ?? []);
        app.Kind = JsonFields.Text(body["kind"]) ?? app.Kind;
        var properties = body["properties"] as JsonObject;
        if (JsonFields.Text(properties?["workloadProfileName"]) is { } profile && profile != app.WorkloadProfileName)
        {
            app.WorkloadProfileName = profile;
            app.WorkloadProfileType = null;
        }

        app.EnvironmentId = EnvironmentId(body) ?? app.EnvironmentId;
        if (body["identity"] is JsonObject identity)
        {
            app.Identity = (JsonObject)JsonFields.WithoutNulls(identity)!;
        }
    }
}
