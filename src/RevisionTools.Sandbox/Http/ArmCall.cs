using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A request that has found its route, with all that its handler needs.</summary>
internal sealed class ArmCall(
    ArmRequest request, IReadOnlyDictionary<string, string> values, ApiVersion version, SandboxTenant tenant, int pageSize)
{
    internal ArmRequest Request => request;

    internal ApiVersion Version => version;

    internal SandboxTenant Tenant => tenant;

    internal DateTimeOffset Now => request.Time;

    /// <summary>Items in a page of a list; 0 sends all in one.</summary>
    internal int PageSize => pageSize;

    internal AppLifecycle Lifecycle { get; } = new(tenant);

    /// <summary>All apps, as a read sees them.</summary>
    internal IEnumerable<SandboxApp> Apps => tenant.StaleViews.IsEmpty
        ? tenant.Apps
        : tenant.StaleViews.SeeAll(tenant.Apps, Now);

    /// <summary>A value from the path.</summary>
    internal string this[string name] => values[name];

    /// <summary>The app that the path names, settled; 404 as ARM words it for the app itself.</summary>
    internal SandboxApp App() =>
        FindApp() ?? throw ArmErrors.ResourceNotFound(this["group"], $"containerApps/{this["app"]}");

    /// <summary>The app whose child the path names: an absent parent is ARM's own answer (ARM-FACTS 6).</summary>
    internal SandboxApp ParentApp(string childType) => FindApp() ?? throw ArmErrors.ParentResourceNotFound(
        request.Method switch { "GET" or "HEAD" => "read", "DELETE" => "delete", _ => "write" },
        childType,
        $"/subscriptions/{this["subscription"]}/resourceGroups/{this["group"]}/providers/Microsoft.App/containerApps/{this["app"]}");

    internal SandboxApp? FindApp()
    {
        RequireGroup();
        var app = tenant.FindApp(this["group"], this["app"]);
        if (!request.IsWrite)
        {
            app = tenant.StaleViews.See(this["group"], this["app"], app, Now);
        }

        if (app is not null)
        {
            Lifecycle.Settle(app, Now);
        }

        return app;
    }

    /// <summary>One writer at a time for an app (ARM-FACTS 6).</summary>
    internal void RequireIdle(SandboxApp? app)
    {
        if (app?.IsBeingWritten(Now) == true)
        {
            throw ArmErrors.OperationInProgress(app);
        }
    }

    internal void RequireGroup()
    {
        if (!tenant.HasGroup(this["group"]))
        {
            throw ArmErrors.ResourceGroupNotFound(this["group"]);
        }
    }

    /// <summary>The body, which must be an object.</summary>
    internal JsonObject Body()
    {
        try
        {
            var body = JsonNode.Parse(request.Body);
            JsonFields.ReadAll(body);
            return body as JsonObject ?? throw ArmErrors.InvalidRequestContent("An object was expected.");
        }
        catch (ArgumentException)
        {
            throw ArmErrors.InvalidRequestContent("A field stands twice in one object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ArmErrors.InvalidRequestContent(error.Message);
        }
    }
}
