using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Registries;
using RevisionTools.Tests.Accounts.StandIns;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class ConnectionSettingsTests
{
    [Fact]
    public async Task The_log_is_told_of_the_requests_of_a_connection()
    {
        var records = new List<ArmRequestRecord>();
        var handler = new ScriptedHandler().Then(200, """{"value":[{"subscriptionId":"s-1","state":"Enabled"}]}""");

        await Connection.ConnectAsync(ConnectionSettings.ForSandbox(handler, new ManualClock(), "s-1", Keep), default);

        var record = Assert.Single(records);
        Assert.Equal(("GET", "/subscriptions", 1, 200), (record.Method, record.Path, record.Try, record.Status));
        Assert.Equal(Keep, ConnectionSettings.ForCloud(CloudEndpoints.Of(AzureEnvironment.AzureCloud), new SignIn.Token("token"), null, null, Keep).Arm.Log);
        Assert.Equal(Keep, Connection.Open(ConnectionSettings.ForSandbox(handler, new ManualClock(), "s-1", Keep)).Registries.Log);

        ValueTask Keep(ArmRequestRecord record)
        {
            records.Add(record);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_cloud_of_ones_own_gets_the_token_and_learns_nothing_more_of_the_client_than_its_name()
    {
        var requests = new List<StandInRequest>();
        using var server = LoopbackServer.Start(request =>
        {
            requests.Add(request);
            return new StandInAnswer(200, """{"value":[{"subscriptionId":"s-1","state":"Enabled"}]}""");
        });
        var settings = ConnectionSettings.ForCloud(
            CloudEndpoints.Custom(server.Address, "https://management.contoso.net", null), new SignIn.Token("the-token"), "s-1", "t-1");

        var connection = await Connection.ConnectAsync(settings, default);

        Assert.Equal((null, server.Address, "t-1", "an access token"), (connection.Environment, connection.Endpoint, connection.TenantId, connection.Way));
        Assert.Null(connection.Registries.Credential);
        var request = Assert.Single(requests);
        Assert.Equal(("Bearer the-token", UserAgentPolicy.Text(settings.Arm.Version)), (request.Header("Authorization"), request.Header("User-Agent")));
        Assert.Subset(
            new HashSet<string>(["Host", "Accept", "Authorization", "User-Agent", "x-ms-client-request-id", "x-ms-return-client-request-id"], StringComparer.OrdinalIgnoreCase),
            request.Headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_token_of_a_connection_is_asked_for_once_and_renewed_for_registries_too()
    {
        var asked = new List<string>();
        var clock = new ManualClock();
        var caller = new SignIn.Caller((request, _) =>
        {
            asked.Add(request.Resource);
            return Task.FromResult(new CallerToken($"t-{asked.Count}", DateTimeOffset.UtcNow.AddHours(1)));
        });
        var cloud = CloudEndpoints.Of(AzureEnvironment.AzureChinaCloud);
        var settings = ConnectionSettings.ForCloud(cloud, caller, "s-1", null);
        var handler = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(200, """{"value":[{"subscriptionId":"s-1","state":"Enabled"}]}"""));

        var connection = await Connection.ConnectAsync(settings with { Arm = settings.Arm with { Transport = handler, Time = clock } }, default);
        await connection.Client.ListSubscriptionsAsync(default).ToListAsync();
        for (var image = 0; image < 3; image++)
        {
            await connection.Registries.Credential!.GetTokenAsync(new([RegistrySettings.Scope]), default);
        }

        Assert.Equal(["https://management.chinacloudapi.cn", "https://containerregistry.azure.net"], asked);
        clock.Advance(TimeSpan.FromHours(2));
        await connection.Client.ListSubscriptionsAsync(default).ToListAsync();
        Assert.Equal("Bearer t-3", handler.Requests[^1].Authorization);
        Assert.Equal("the sign-in of this session", connection.Way);
    }

    [Fact]
    public void No_registry_of_a_cloud_of_ones_own_gets_a_token()
    {
        var settings = new RegistrySettings(new FakeCredential(), CloudEndpoints.Custom(new Uri("https://arm.contoso.net"), "x", null).RegistrySuffix, null, null, TimeProvider.System);

        Assert.Equal(FailureKind.InvalidRegistry, Assert.Throws<RevisionToolsException>(() => new ImageCheck(settings, ["shop.azurecr.io"])).Kind);
    }
}
