using System.Globalization;
using System.Text.Json;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

/// <summary>Compares what the client read with the recorded body, field by field.</summary>
internal static class RecordedValues
{
    public static void AssertEach<T>(JsonElement list, IReadOnlyList<T> items, Action<JsonElement, T> assert)
    {
        Assert.Equal(list.GetArrayLength(), items.Count);
        foreach (var (body, item) in list.EnumerateArray().Zip(items))
        {
            assert(body, item);
        }
    }

    public static void AssertApp(JsonElement body, ContainerApp app)
    {
        var id = Text(body, "id");
        Assert.Equal(ContainerAppId.TryParse(id), app.Id);
        Assert.Equal((id, Text(body, "name"), Text(body, "location")), (app.ResourceId, app.Name, app.Location));
        Assert.Equal(Text(body, "kind"), app.Kind);
        Assert.Equal(Text(body, "properties", "environmentId") ?? Text(body, "properties", "managedEnvironmentId"), app.EnvironmentId);
        Assert.Equal(Text(body, "properties", "provisioningState"), app.ProvisioningState);
        Assert.Equal(Text(body, "properties", "runningStatus"), app.RunningStatus);
        Assert.Equal(Text(body, "properties", "latestRevisionName"), app.LatestRevisionName);
        Assert.Equal(Text(body, "properties", "latestReadyRevisionName"), app.LatestReadyRevisionName);
        Assert.Equal(Text(body, "properties", "workloadProfileName"), app.WorkloadProfileName);
        Assert.Equal(Text(body, "properties", "configuration", "activeRevisionsMode"), app.RevisionMode);
        Assert.Equal(Text(body, "properties", "configuration", "maxInactiveRevisions"), Text(app.MaxInactiveRevisions));
        Assert.Equal(Text(body, "properties", "configuration", "dapr", "appId"), app.DaprAppId);
        AssertIngress(Find(body, "properties", "configuration", "ingress"), app);
        Assert.Equal(Find(body, "tags")?.EnumerateObject().Count() ?? 0, app.Tags.Count);
    }

    public static void AssertRevision(JsonElement body, RevisionResource revision)
    {
        Assert.Equal((Text(body, "name"), Text(body, "id")), (revision.Name, revision.ResourceId));
        Assert.Equal(Find(body, "properties", "active")?.GetBoolean(), revision.Active);
        Assert.Equal(Text(body, "properties", "trafficWeight"), Text(revision.TrafficWeight));
        Assert.Equal(Text(body, "properties", "replicas"), Text(revision.Replicas));
        Assert.Equal(Date(body, "properties", "createdTime"), revision.CreatedTime);
        Assert.Equal(Date(body, "properties", "lastActiveTime"), revision.LastActiveTime);
        Assert.Equal(Text(body, "properties", "provisioningState"), revision.ProvisioningState);
        Assert.Equal(Text(body, "properties", "runningState"), revision.RunningState);
        Assert.Equal(Text(body, "properties", "healthState"), revision.HealthState);
        Assert.Equal(Text(body, "properties", "fqdn"), revision.Fqdn);
        Assert.Equal(Text(body, "properties", "template", "scale", "minReplicas"), Text(revision.MinReplicas));
        Assert.Equal(Text(body, "properties", "template", "scale", "maxReplicas"), Text(revision.MaxReplicas));
        Assert.Equal(
            Items(body, "properties", "template", "containers").Select(container => Text(container, "image")), revision.Images);
        AssertEach(
            JsonSerializer.SerializeToElement(Items(body, "properties", "template", "scale", "rules")), revision.ScaleRules, AssertRule);
    }

    public static void AssertReplica(JsonElement body, Replica replica)
    {
        Assert.Equal((Text(body, "name"), Text(body, "id")), (replica.Name, replica.ResourceId));
        Assert.Equal(Date(body, "properties", "createdTime"), replica.CreatedTime);
        Assert.Equal(Text(body, "properties", "runningState"), replica.RunningState);
        Assert.Equal(Text(body, "properties", "runningStateDetails"), replica.RunningStateDetails);
        AssertEach(JsonSerializer.SerializeToElement(Items(body, "properties", "containers")), replica.Containers, (one, container) =>
        {
            Assert.Equal(Text(one, "name"), container.Name);
            Assert.Equal(Find(one, "ready")?.GetBoolean() ?? false, container.Ready);
            Assert.Equal(Find(one, "started")?.GetBoolean() ?? false, container.Started);
            Assert.Equal(Find(one, "restartCount")?.GetInt32() ?? 0, container.RestartCount);
            Assert.Equal(Text(one, "runningState"), container.RunningState);
            Assert.Equal(Text(one, "runningStateDetails"), container.RunningStateDetails);
        });
    }

    public static void AssertFailure(RecordedInteraction one, ServiceRequestException failure)
    {
        var error = one.Body is null ? (JsonElement?)null : Find(one.Json, "error") ?? one.Json;
        var code = error is { } body ? Text(body, "code") : null;
        Assert.Equal((one.Status, code), (failure.Status, failure.ErrorCode));
        Assert.Contains(error is { } words ? Text(words, "message")! : "(412)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExpectedKind(one.Status, one.Path, code), failure.Kind);
        Assert.Equal(one.Status >= 500 && one.Method != "GET", failure.OutcomeUnknown);
    }

    private static FailureKind ExpectedKind(int status, string path, string? code) => status switch
    {
        404 when code is "ResourceGroupNotFound" => FailureKind.ContainerAppNotFound,
        404 when code is "ResourceNotFound" or "ParentResourceNotFound" && path.Contains("/containerApps/", StringComparison.Ordinal) =>
            FailureKind.ContainerAppNotFound,
        400 or 404 => FailureKind.RequestRefused,
        409 when code is "ContainerAppOperationInProgress" => FailureKind.RevisionConflict,
        409 or 412 => FailureKind.RevisionChanged,
        500 => FailureKind.ServiceUnavailable,
        _ => throw new InvalidOperationException($"No expectation for {status} {code}."),
    };

    private static void AssertIngress(JsonElement? ingress, ContainerApp app)
    {
        Assert.Equal(ingress is not null, app.IngressEnabled);
        if (ingress is not { } present)
        {
            Assert.Empty(app.Traffic);
            Assert.Null(app.Fqdn);
            return;
        }

        Assert.Equal(Text(present, "fqdn"), app.Fqdn);
        string[] expected = [.. Items(present, "traffic").Select(entry => string.Join('|',
            Text(entry, "revisionName"), Find(entry, "latestRevision")?.GetBoolean() ?? false, Text(entry, "weight"), Text(entry, "label")))];
        Assert.Equal(
            expected is [] ? ["|True|100|"] : expected,
            app.Traffic.Select(entry => string.Join('|', entry.RevisionName, entry.LatestRevision, Text(entry.Weight), entry.Label)));
    }

    private static void AssertRule(JsonElement body, ScaleRule rule)
    {
        Assert.Equal(Text(body, "name"), rule.Name);
        var (kind, settings) = body.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object)
            .Select(property => (property.Name, property.Value)).Single();
        Assert.Equal(kind == "custom" ? Text(settings, "type") : kind, rule.Type);
        Assert.Equal(
            settings.GetProperty("metadata").EnumerateObject().Select(pair => $"{pair.Name}={pair.Value}").Order(),
            rule.Metadata.Select(pair => $"{pair.Key}={pair.Value}").Order());
    }

    private static JsonElement[] Items(JsonElement body, params string[] path) => [.. Find(body, path)?.EnumerateArray() ?? default];

    private static DateTimeOffset? Date(JsonElement body, params string[] path) =>
        Text(body, path) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as text; null for one that is not there, null or empty.</summary>
    private static string? Text(JsonElement body, params string[] path) =>
        Find(body, path)?.ToString() is { Length: > 0 } text ? text : null;

    private static JsonElement? Find(JsonElement body, params string[] path)
    {
        foreach (var name in path)
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body))
            {
                return null;
            }
        }

        return body.ValueKind == JsonValueKind.Null ? null : body;
    }
}
