namespace RevisionTools.Sandbox;

/// <summary>Every call that the sandbox answers, and the way to it.</summary>
internal static class ArmRouter
{
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Group = Subscription + "/resourceGroups/{group}";
    private const string Apps = "/providers/Microsoft.App/containerApps";
    private const string App = Group + Apps + "/{app}";
    private const string Revision = App + "/revisions/{revision}";
    private const string Environment = Group + "/providers/Microsoft.App/managedEnvironments/{environment}";
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
        new("DELETE", App, AppAction + "delete", AppActions.Delete),
        new("POST", App + "/start", AppAction + "start/action", AppActions.Start),
        new("POST", App + "/stop", AppAction + "stop/action", AppActions.Stop),
        new("POST", App + "/listSecrets", AppAction + "listSecrets/action", SecretCalls.List),
        new("GET", Environment, "Microsoft.App/managedEnvironments/read", EnvironmentCalls.Get),
        new("PUT", Environment, "Microsoft.App/managedEnvironments/write", EnvironmentCalls.Put),
        new("GET", Environment + "/storages", "Microsoft.App/managedEnvironments/storages/read", StorageCalls.List),
        new("GET", Environment + "/storages/{storage}", "Microsoft.App/managedEnvironments/storages/read", StorageCalls.Get),
        new("PUT", Environment + "/storages/{storage}", "Microsoft.App/managedEnvironments/storages/write", StorageCalls.Put),
        new("DELETE", Environment + "/storages/{storage}", "Microsoft.App/managedEnvironments/storages/delete", StorageCalls.Delete),
        new("GET", Location + "/containerappOperationStatuses/{operation}", OperationStatus, OperationCalls.Status),
        new("GET", Location + "/containerappOperationResults/{operation}", OperationResult, OperationCalls.Result),
        new("GET", App + "/revisions", AppAction + "revisions/read", RevisionCalls.List),
        new("GET", Revision, AppAction + "revisions/read", RevisionCalls.Get),
        new("GET", App + "/detectorProperties/revisions", AppAction + "detectors/read", RevisionCalls.List),
        new("GET", App + "/detectorProperties/revisions/{revision}", AppAction + "detectors/read", RevisionCalls.Get),
        new("POST", Revision + "/activate", AppAction + "revisions/activate/action", RevisionCalls.Activate),
        new("POST", Revision + "/deactivate", AppAction + "revisions/deactivate/action", RevisionCalls.Deactivate),
        new("POST", Revision + "/restart", AppAction + "revisions/restart/action", RevisionCalls.Restart),
        new("GET", Revision + "/replicas", AppAction + "revisions/replicas/read", ReplicaCalls.List),
        new("GET", Revision + "/replicas/{replica}", AppAction + "revisions/replicas/read", ReplicaCalls.Get),
        .. Functions(App, AppAction, FunctionCalls.ListOfApp, FunctionCalls.GetOfApp),
        .. Functions(Revision, AppAction + "revisions/", FunctionCalls.ListOfRevision, FunctionCalls.GetOfRevision),
        .. LabelHistory("labelHistory"),
        .. LabelHistory("labelHistories"),
        new("POST", "/providers/Microsoft.ResourceGraph/resources", "Microsoft.ResourceGraph/resources/read", GraphCalls.Query)
        {
            Versions = ApiVersions.ResourceGraph,
        },
        new("GET", App + "/providers/Microsoft.Insights/metrics", "Microsoft.Insights/metrics/read", MetricCalls.List)
        {
            Versions = ApiVersions.Insights,
        },
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

    /// <summary>Whether some call is of this resource provider.</summary>
    internal static bool IsProvider(string name) =>
        Routes.Any(route => route.ResourceType.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase));

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
            throw ArmErrors.UnknownPath(request.Path, request.Query("api-version"));
        }

        (var route, var values) = matches.FirstOrDefault(match => match.Route.Method == request.Method);
        if (route is null)
        {
            throw ArmErrors.MethodNotAllowed(request.Method);
        }

        var version = RequireVersion(request, route, values, tenant);
        RequireSubscription(values, tenant);
        tenant.Settle(request.Time);
        var answer = AnswerOfProvider(route, new ArmCall(request, values, version, tenant, pageSize));
        return answer.IsOfGateway || route.IsOfResources
            ? answer
            : answer.With("api-supported-versions", route.Versions.Text);
    }

    /// <summary>The provider's own errors carry its headers too; ARM's do not (recordings 13 and 16).</summary>
    private static ArmAnswer AnswerOfProvider(ArmRoute route, ArmCall call)
    {
        try
        {
            return route.Answer(call);
        }
        catch (ArmException error)
        {
            return error.ToAnswer();
        }
    }

    private static IEnumerable<ArmRoute> Functions(
        string owner, string permission, Func<ArmCall, ArmAnswer> list, Func<ArmCall, ArmAnswer> get) =>
    [
        new("GET", owner + "/functions", permission + "functions/read", list) { Versions = ApiVersions.FunctionsAndLabels },
        new("GET", owner + "/functions/{function}", permission + "functions/read", get) { Versions = ApiVersions.FunctionsAndLabels },
    ];

    /// <summary>The preview has <c>labelHistory</c>, the client of 2026-07-01 sends <c>labelHistories</c>; both are answered.</summary>
    private static IEnumerable<ArmRoute> LabelHistory(string segment)
    {
        var one = $"{App}/{segment}/{{label}}";
        var permission = $"{AppAction}{segment}/";
        return
        [
            new("GET", $"{App}/{segment}", permission + "read", LabelCalls.List) { Versions = ApiVersions.FunctionsAndLabels },
            new("GET", one, permission + "read", LabelCalls.Get) { Versions = ApiVersions.FunctionsAndLabels },
            new("DELETE", one, permission + "delete", LabelCalls.Delete) { Versions = ApiVersions.FunctionsAndLabels },
        ];
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

    private static ApiVersion RequireVersion(
        ArmRequest request, ArmRoute route, Dictionary<string, string> values, SandboxTenant tenant)
    {
        var text = request.Query("api-version") ?? throw ArmErrors.MissingApiVersion();
        return route.Versions.Contains(text) ? new ApiVersion(text) : throw (route.IsOfResources
            ? ArmErrors.InvalidApiVersion(text, route.Versions)
            : ArmErrors.NoRegisteredProvider(LocationOf(values, tenant), text, route.ResourceType, route.Versions));
    }

    /// <summary>The location that the path names, or that of the app that it names, or else that of the resource groups.</summary>
    private static string LocationOf(Dictionary<string, string> values, SandboxTenant tenant) =>
        values.TryGetValue("location", out var location) ? location
        : values.TryGetValue("app", out var name) && tenant.FindApp(values["group"], name) is { } app
            ? app.Region
            : GroupCalls.Location;

    private static void RequireSubscription(Dictionary<string, string> values, SandboxTenant tenant)
    {
        if (values.TryGetValue("subscription", out var id) && !id.Equals(tenant.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            throw ArmErrors.SubscriptionNotFound(id);
        }
    }
}
