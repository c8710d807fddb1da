using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class ReadingTests
{
    [Fact]
    public async Task An_app_is_read_past_unknown_fields_and_numbers_that_come_as_text()
    {
        var app = await ReadAppAsync("app-with-unknown-fields.json");

        Assert.Equal(("web", "shop", ArmTestClient.SubscriptionId), (app.Name, app.ResourceGroupName, app.SubscriptionId));
        Assert.Equal("West Europe", app.Location);
        Assert.Equal("Labels", app.RevisionMode);
        Assert.True(app.IsFunctionApp);
        Assert.Equal(("Resting", "Dreaming"), (app.ProvisioningState, app.RunningStatus));
        Assert.Equal("env-west", app.EnvironmentName);
        Assert.Null(app.LatestRevisionName);
        Assert.Null(app.LatestReadyRevisionName);
        Assert.Equal(42, app.MaxInactiveRevisions);
        Assert.True(app.DaprEnabled);
        Assert.Equal("orders", app.DaprAppId);
        Assert.Equal("D4", app.WorkloadProfileName);
        Assert.Equal("web.example.net", app.Fqdn);
        Assert.Equal(["web--a=70 (blue)", "latest=30", "=0"], app.Traffic.Select(entry => entry.ToString()));
    }

    [Fact]
    public async Task Tags_compare_without_case_and_carry_no_control_characters()
    {
        var app = await ReadAppAsync("app-with-unknown-fields.json");

        Assert.Equal("B", app.Tags["TEAM"]);
        Assert.Equal("[31mred[0m", app.Tags["bell"]);
        Assert.Equal("", app.Tags["empty"]);
        Assert.Equal(3, app.Tags.Count);
    }

    [Fact]
    public async Task Ingress_without_a_table_has_the_default_of_the_service()
    {
        var app = await ReadAppAsync("app-with-ingress-and-no-traffic.json");

        Assert.True(app.IngressEnabled);
        Assert.Equal(["latest=100"], app.Traffic.Select(entry => entry.ToString()));
        Assert.Equal("Single", app.RevisionMode);
        Assert.Null(app.MaxInactiveRevisions);
    }

    [Fact]
    public async Task An_app_without_ingress_has_no_table()
    {
        var handler = new ScriptedHandler().Then(200, Fixture.Read("apps-page-2.json"));

        var app = Assert.Single(await ArmTestClient.Create(handler).ListAppsAsync("s", "shop", default).ToListAsync());

        Assert.False(app.IngressEnabled);
        Assert.Empty(app.Traffic);
        Assert.Null(app.Fqdn);
        Assert.Equal("/subscriptions/s/resourceGroups/shop/providers/Microsoft.App/containerApps?api-version=2026-01-01", handler.Requests[0].Uri.PathAndQuery);
    }

    [Fact]
    public async Task A_revision_is_read_with_all_its_fields()
    {
        var revision = await ReadRevisionAsync("revision-with-everything.json");

        Assert.Equal("web--0000002", revision.Name);
        Assert.True(revision.Active);
        Assert.Equal(25, revision.TrafficWeight);
        Assert.Equal(new DateTimeOffset(2025, 10, 11, 16, 32, 54, TimeSpan.Zero).AddTicks(9872819), revision.CreatedTime);
        Assert.Null(revision.LastActiveTime);
        Assert.Equal((3, 1, 5), (revision.Replicas, revision.MinReplicas, revision.MaxReplicas));
        Assert.Equal(("Provisioned", "Hibernating", "Sleepy"), (revision.ProvisioningState, revision.RunningState, revision.HealthState));
        Assert.Equal(["registry.example.net/web:2", "sidecar:1"], revision.Images);
    }

    [Fact]
    public async Task Text_of_the_service_reaches_nobody_with_control_or_reordering_characters()
    {
        var revision = await ReadRevisionAsync("revision-with-everything.json");

        Assert.Equal("line one  line two31mgnp.exe", revision.RunningStateDetails);
    }

    [Fact]
    public async Task Scale_rules_keep_what_they_look_at_and_no_secret()
    {
        var revision = await ReadRevisionAsync("revision-with-everything.json");

        Assert.Equal(
            [
                "by-http http concurrentRequests=50",
                "by-tcp tcp concurrentConnections=10",
                "by-queue azure-queue accountName=shopdata,queueLength=7,queueName=orders",
                "by-bus azure-servicebus connectionFromEnv=BUS,subscriptionName=worker,topicName=orders",
                "by-rabbit rabbitmq queueName=q",
                "by-moon unknown ",
            ],
            revision.ScaleRules.Select(rule =>
                $"{rule.Name} {rule.Type} {string.Join(',', rule.Metadata.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"))}"));
        Assert.Equal("orders", revision.ScaleRules[3].Metadata["TOPICNAME"]);
    }

    [Fact]
    public async Task A_revision_of_which_nothing_is_known_has_the_name_of_its_id()
    {
        var revision = await ReadRevisionAsync("revision-with-nothing.json");

        Assert.Equal("web--0000001", revision.Name);
        Assert.Null(revision.Active);
        Assert.Null(revision.CreatedTime);
        Assert.Empty(revision.ScaleRules);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>Please sign in</html>")]
    [InlineData("{\"id\":\"/subscriptions/x\"}")]
    [InlineData("{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/a\"}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    public async Task An_answer_that_is_no_app_is_refused(string body)
    {
        var client = ArmTestClient.Create(new ScriptedHandler().Then(200, body));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.GetAppAsync(ArmTestClient.App, default));

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
        Assert.False(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var handler = new ScriptedHandler().Then(302, null, ("Location", "https://login.example.net/"));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).GetAppAsync(ArmTestClient.App, default));

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Replicas_know_the_revision_they_were_asked_for()
    {
        const string body = """
            {"value":[{"name":"r-1","properties":{"createdTime":"2025-05-24T18:49:30Z","runningState":"NotRunning",
            "containers":[{"name":"a","ready":true,"started":true,"restartCount":2},null,{"name":"b","restartCount":"1"}]}}]}
            """;
        var handler = new ScriptedHandler().Then(200, body);

        var replica = Assert.Single(await ArmTestClient.Create(handler).ListReplicasAsync(ArmTestClient.Revision, default).ToListAsync());

        Assert.Equal(("web--0000002", "web", "shop"), (replica.RevisionName, replica.ContainerAppName, replica.ResourceGroupName));
        Assert.Equal($"{ArmTestClient.Revision.Path}/replicas/r-1", replica.ResourceId);
        Assert.Equal((2, 3, false), (replica.Containers.Count, replica.RestartCount, replica.Ready));
        Assert.EndsWith("/revisions/web--0000002/replicas", handler.Requests[0].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_are_read_with_their_own_version_of_the_api()
    {
        var handler = new ScriptedHandler().Then(
            200, """{"value":[{"subscriptionId":"s-1","displayName":"Shop","state":"Enabled","tenantId":"t-1"}],"count":{"value":1}}""");

        var found = Assert.Single(await ArmTestClient.Create(handler).ListSubscriptionsAsync(default).ToListAsync());

        Assert.Equal(new Subscription("s-1", "Shop", "Enabled", "t-1"), found);
        Assert.Equal("/subscriptions?api-version=2022-12-01", handler.Requests[0].Uri.PathAndQuery);
    }

    private static Task<ContainerApp> ReadAppAsync(string fixture) =>
        ArmTestClient.Create(new ScriptedHandler().Then(200, Fixture.Read(fixture))).GetAppAsync(ArmTestClient.App, default);

    private static Task<RevisionResource> ReadRevisionAsync(string fixture) =>
        ArmTestClient.Create(new ScriptedHandler().Then(200, Fixture.Read(fixture))).GetRevisionAsync(ArmTestClient.Revision, default);
}
