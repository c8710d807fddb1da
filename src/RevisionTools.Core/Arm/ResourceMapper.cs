using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>From what Azure sends to the records of Resources: apps, replicas and subscriptions.</summary>
internal static class ResourceMapper
{
    private static readonly TrafficEntry[] s_defaultTraffic = [new() { LatestRevision = true, Weight = 100 }];

    public static ContainerApp ToContainerApp(ContainerAppBody body)
    {
        var id = ContainerAppId.TryParse(body.Id) ?? throw Invalid($"a container app has the id '{body.Id}'.");
        var properties = body.Properties ?? throw Invalid($"the container app '{id.Name}' has no properties.");
        var configuration = properties.Configuration;
        return new ContainerApp
        {
            Name = Text(body.Name) ?? id.Name,
            ResourceGroupName = id.ResourceGroupName,
            SubscriptionId = id.SubscriptionId,
            ResourceId = body.Id!,
            Location = Text(body.Location),
            Kind = Text(body.Kind),
            EnvironmentId = Text(properties.EnvironmentId) ?? Text(properties.ManagedEnvironmentId),
            RevisionMode = Text(configuration?.ActiveRevisionsMode) ?? RevisionModes.Single,
            LatestRevisionName = Text(properties.LatestRevisionName),
            LatestReadyRevisionName = Text(properties.LatestReadyRevisionName),
            ProvisioningState = Text(properties.ProvisioningState),
            RunningStatus = Text(properties.RunningStatus),
            IngressEnabled = configuration?.Ingress is not null,
            IngressExternal = configuration?.Ingress is { } ingress ? ingress.External ?? false : null,
            IngressTargetPort = configuration?.Ingress?.TargetPort is > 0 and var port ? port : null,
            IngressTransport = Text(configuration?.Ingress?.Transport),
            Fqdn = Text(configuration?.Ingress?.Fqdn),
            Traffic = ToTraffic(configuration?.Ingress),
            DaprEnabled = configuration?.Dapr?.Enabled ?? false,
            DaprAppId = Text(configuration?.Dapr?.AppId),
            MaxInactiveRevisions = configuration?.MaxInactiveRevisions is > 0 and var limit ? limit : null,
            WorkloadProfileName = Text(properties.WorkloadProfileName),
            Tags = ToTags(body.Tags),
        };
    }

    public static Replica ToReplica(ReplicaBody body, RevisionId revision) => new()
    {
        Name = Text(body.Name) ?? throw Invalid($"a replica of '{revision.Name}' has no name."),
        RevisionName = revision.Name,
        ContainerAppName = revision.App.Name,
        ResourceGroupName = revision.App.ResourceGroupName,
        SubscriptionId = revision.App.SubscriptionId,
        ResourceId = Text(body.Id) ?? $"{revision.Path}/replicas/{body.Name}",
        CreatedTime = body.Properties?.CreatedTime,
        RunningState = Text(body.Properties?.RunningState),
        RunningStateDetails = Text(body.Properties?.RunningStateDetails),
        Containers = [.. (body.Properties?.Containers ?? []).OfType<ReplicaContainerBody>().Select(ToContainer)],
    };

    public static IReadOnlyList<WorkloadProfile> ToWorkloadProfiles(EnvironmentBody body) =>
    [
        .. (body.Properties?.WorkloadProfiles ?? []).OfType<WorkloadProfileBody>()
            .Where(profile => Text(profile.Name) is not null && Text(profile.WorkloadProfileType) is not null)
            .Select(profile => new WorkloadProfile(profile.Name!, profile.WorkloadProfileType!)),
    ];

    /// <summary>The name stands in the properties of older answers, and after those of app and revision at the top of newer ones.</summary>
    public static FunctionResource ToFunction(FunctionBody body, string owner)
    {
        var properties = body.Properties;
        var name = Text(properties?.Name) ?? LastPart(body.Name) ?? LastPart(body.Id) ?? throw Invalid("a function has no name.");
        return new FunctionResource
        {
            Name = name,
            ResourceId = Text(body.Id) ?? $"{owner}/functions/{Uri.EscapeDataString(name)}",
            TriggerType = Text(properties?.TriggerType),
            Language = Text(properties?.Language),
            State = Text(properties?.State) ?? (properties?.IsDisabled is { } isDisabled ? isDisabled ? "Disabled" : "Enabled" : null),
            InvokeUrlTemplate = Text(properties?.InvokeUrlTemplate),
        };
    }

    public static IEnumerable<LabelHistoryRecord> ToLabelHistory(LabelHistoryBody body, ContainerAppId app)
    {
        var label = LastPart(body.Name) ?? LastPart(body.Id) ?? throw Invalid("the history of a label has no name.");
        return (body.Properties?.Records ?? []).OfType<LabelRecordBody>().Select(record => new LabelHistoryRecord
        {
            Label = label,
            RevisionName = Text(record.Revision),
            Start = record.Start,
            Stop = record.Stop,
            Status = Text(record.Status),
            ContainerAppName = app.Name,
            ResourceGroupName = app.ResourceGroupName,
            SubscriptionId = app.SubscriptionId,
            ResourceId = Text(body.Id) ?? $"{app.Path}/labelHistory/{Uri.EscapeDataString(label)}",
        });
    }

    public static Subscription ToSubscription(SubscriptionBody body) => new(
        Text(body.SubscriptionId) ?? throw Invalid("a subscription has no id."),
        Text(body.DisplayName),
        Text(body.State),
        Text(body.TenantId));

    /// <summary>The text, or null where Azure sends an empty one for "none".</summary>
    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    internal static ServiceRequestException Invalid(string what) =>
        new(FailureKind.ServiceResponseInvalid, $"The answer of Azure cannot be used: {what}");

    private static string? LastPart(string? name) => Text(name?[(name.LastIndexOf('/') + 1)..]);

    private static TrafficEntry[] ToTraffic(Ingress? ingress)
    {
        if (ingress is null)
        {
            return [];
        }

        TrafficEntry[] entries = [.. (ingress.Traffic ?? []).OfType<TrafficWeight>().Select(ToTrafficEntry)];
        return entries.Length == 0 ? s_defaultTraffic : entries;
    }

    private static TrafficEntry ToTrafficEntry(TrafficWeight entry) => new()
    {
        RevisionName = Text(entry.RevisionName),
        LatestRevision = entry.LatestRevision ?? false,
        Weight = entry.Weight ?? 0,
        Label = Text(entry.Label),
    };

    private static ReplicaContainer ToContainer(ReplicaContainerBody body) => new()
    {
        Name = body.Name ?? "",
        Ready = body.Ready ?? false,
        Started = body.Started ?? false,
        RestartCount = body.RestartCount ?? 0,
        RunningState = Text(body.RunningState),
        RunningStateDetails = Text(body.RunningStateDetails),
    };

    private static Dictionary<string, string> ToTags(Dictionary<string, string?>? tags)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in tags ?? [])
        {
            result[name] = value ?? "";
        }

        return result;
    }
}
