namespace RevisionTools.Sandbox;

/// <summary>Every call that the sandbox answers, and the way to it.</summary>
internal static class ArmRouter
{
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Group = Subscription + "/resourceGroups/{group}";
    private const string Apps = "/providers/Microsoft.App/containerApps";
    private const string App = Group + Apps + "/{app}";
    private const string Revision = App + "/revisions/{revision}";
    private const string Location = Subscription + "/providers/Microsoft.App/locations/{location}";
    private const string AppAction = "Microsoft.App/containerApps/";
    private const string OperationStatus = "Microsoft.App/locations/containerappOperationStatuses/read";
    private const string OperationResult = "Microsoft.App/locations/containerappOperationResults/read";

    /// <summary>The operations of ARM-FACTS section 2.</summary>
    internal static IReadOnlyList<ArmRoute> Routes { get; } =
    [
        new("GET", "/subscriptions", "Microsoft.Resources/subscriptions/read", SubscriptionCalls.List),
        new("GET", Subscription + "/resourceGroups", "Microsoft.Resources/subscriptions/resourceGroups/read", GroupCalls.List),
        new("PUT", Group, "Microsoft.Resources/subscriptions/resourceGroups/write", GroupCalls.Put),
        new("GET", Subscription + Apps, AppAction + "read", AppReads.ListOfSubscription),
        new("GET", Group + Apps, AppAction + "read", AppReads.ListOfGroup),
        new("GET", App, AppAction + "read", AppReads.Get),
        new("PUT", App, AppAction + "write", AppWrites.Put),
        new("PATCH", App, AppAction + "write", AppWrites.Patch),
        new("GET", Location + "/containerappOperationStatuses/{operation}", OperationStatus, OperationCalls.Status),
        new("GET", Location + "/containerappOperationResults/{operation}", OperationResult, OperationCalls.Result),
        new("GET", App + "/revisions", AppAction + "revisions/read", RevisionCalls.List),
        new("GET", Revision, AppAction + "revisions/read", RevisionCalls.Get),
        new("POST", Revision + "/activate", AppAction + "revisions/activate/action", RevisionCalls.Activate),
        new("POST", Revision + "/deactivate", AppAction + "revisions/deactivate/action", RevisionCalls.Deactivate),
        new("POST", Revision + "/restart", AppAction + "revisions/restart/action", RevisionCalls.Restart),
        new("GET", Revision + "/replicas", AppAction + "revisions/replicas/read", ReplicaCalls.List),
        new("GET", Revision + "/replicas/{replica}", AppAction + "revisions/replicas/read", ReplicaCalls.Get),
        new("GET", App + "/providers/Microsoft.Insights/metrics", "Microsoft.Insights/metrics/read", MetricCalls.List),
    ];

    /// <summary>Answers a request; errors are answers too.</summary>
    internal static ArmAnswer Answer(ArmRequest request, SandboxTenant tenant, int pageSize)
    {
        ArmAnswer answer;
        try
        {
            answer = AnswerOrThrow(request, tenant, pageSize);
        }
        catch (ArmException error)
        {
            answer = error.ToAnswer();
        }

        return answer;
    }

    /// <summary>The route of a request by path and method, or null.</summary>
    internal static ArmRoute? Find(ArmRequest request) =>
        Matches(request).FirstOrDefault(match => match.Route.Method == request.Method).Route;

    /// <summary>Group and name of the app that a request is about, or null.</summary>
    internal static (string Group, string App)? AppOf(ArmRequest request)
    {
        foreach ((_, var values) in Matches(request))
        {
            if (values.TryGetValue("group", out var group) && values.TryGetValue("app", out var app))
            {
                return (group, app);
            }
        }

        return null;
    }

    private static ArmAnswer AnswerOrThrow(ArmRequest request, SandboxTenant tenant, int pageSize)
    {
        (ArmRoute Route, Dictionary<string, string> Values)[] matches = [.. Matches(request)];
        if (matches.Length == 0)
        {
            throw ArmErrors.UnknownPath(request.Path);
        }

        (var route, var values) = matches.FirstOrDefault(match => match.Route.Method == request.Method);
        if (route is null)
        {
            throw ArmErrors.MethodNotAllowed(request.Method);
        }

        var version = RequireVersion(request, route);
        RequireSubscription(values, tenant);
        var answer = route.Answer(new ArmCall(request, values, version, tenant, pageSize));
        return route.IsOfResources || route.IsOfInsights ? answer : answer.With("api-supported-versions", ApiVersion.AppVersions);
    }

    private static IEnumerable<(ArmRoute Route, Dictionary<string, string> Values)> Matches(ArmRequest request)
    {
        var segments = request.Path.Split('/');
        foreach (var route in Routes)
        {
            if (route.Match(segments) is { } values)
            {
                yield return (route, values);
            }
        }
    }

    private static ApiVersion RequireVersion(ArmRequest request, ArmRoute route)
    {
        var text = request.Query("api-version") ?? throw ArmErrors.MissingApiVersion();
        if (route.IsOfInsights)
        {
            return ApiVersion.IsOfInsights(text) ? new ApiVersion(text) : throw ArmErrors.InvalidApiVersion(text, ApiVersion.InsightsVersions);
        }

        return (route.IsOfResources ? ApiVersion.IsOfResources(text) : ApiVersion.IsOfApp(text))
            ? new ApiVersion(text)
            : throw ArmErrors.InvalidApiVersion(
                text, route.IsOfResources ? ApiVersion.ResourceVersions : ApiVersion.AppVersions);
    }

    private static void RequireSubscription(Dictionary<string, string> values, SandboxTenant tenant)
    {
        if (values.TryGetValue("subscription", out var id) && !id.Equals(tenant.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            throw ArmErrors.SubscriptionNotFound(id);
        }
    }
}
