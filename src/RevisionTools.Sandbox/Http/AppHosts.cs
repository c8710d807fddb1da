using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>
/// What answers under the host names of apps, revisions and labels. The containers are not there, so an answer only says whether one would
/// come: the path does not matter, no token is asked for, and no limit of Azure Resource Manager counts.
/// </summary>
internal static class AppHosts
{
    /// <summary>The answer of an app; null where the host is none of an app's, and the request is for Azure Resource Manager.</summary>
    internal static ArmAnswer? Answer(ArmRequest request, SandboxTenant tenant)
    {
        // Requests to Azure Resource Manager all say their version, and need not be held against every app.
        if (request.Query("api-version") is not null)
        {
            return null;
        }

        var host = request.Uri.IdnHost;
        if (tenant.Apps.FirstOrDefault(app => host.EndsWith($".{app.HostSuffix}", StringComparison.OrdinalIgnoreCase) && NameOf(app, host) is not null)
            is not { } owner)
        {
            return null;
        }

        AppLifecycle lifecycle = new(tenant);
        tenant.Settle(request.Time);
        lifecycle.Settle(owner, request.Time);
        return Text(StatusOf(owner, NameOf(owner, host)!));
    }

    /// <summary>The first part of the host, where it begins with the app's name: <c>app</c>, <c>app--suffix</c> or <c>app---label</c>.</summary>
    private static string? NameOf(SandboxApp app, string host)
    {
        var name = host[..^(app.HostSuffix.Length + 1)];
        return name.Equals(app.Name, StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{app.Name}--", StringComparison.OrdinalIgnoreCase)
            ? name
            : null;
    }

    private static HttpStatusCode StatusOf(SandboxApp app, string name)
    {
        if (app.Ingress is null)
        {
            return HttpStatusCode.NotFound;
        }

        if (name.Equals(app.Name, StringComparison.OrdinalIgnoreCase))
        {
            return app.Revisions.Exists(revision => LoadShare.Of(app, revision) > 0) ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable;
        }

        var target = name.StartsWith($"{app.Name}---", StringComparison.OrdinalIgnoreCase)
            ? TrafficTable.Labels(app).GetValueOrDefault(name[(app.Name.Length + 3)..])
            : name;
        return StatusOf(app.FindRevision(target ?? ""));
    }

    // unconfirmed: the form of the hosts is described; which status the ingress gives when no revision is ready was not found (ARM-FACTS 4.7).
    private static HttpStatusCode StatusOf(SandboxRevision? revision) => revision?.Phase switch
    {
        RevisionPhase.Running => HttpStatusCode.OK,
        null or RevisionPhase.Inactive => HttpStatusCode.NotFound,
        _ => HttpStatusCode.ServiceUnavailable,
    };

    private static ArmAnswer Text(HttpStatusCode status) => ArmAnswer.Raw(status, $"{{\"status\":{(int)status}}}");
}
