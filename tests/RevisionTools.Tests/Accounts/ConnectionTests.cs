using Azure.Identity;
using RevisionTools.Accounts;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class ConnectionTests
{
    private const string Two = """
        {"value":[{"subscriptionId":"s-1","displayName":"Shop","state":"Enabled","tenantId":"t-1"},
        {"subscriptionId":"s-2","displayName":"Old shop","state":"Disabled","tenantId":"t-1"}]}
        """;

    private const string Three = """
        {"value":[{"subscriptionId":"s-1","displayName":"Shop","state":"Enabled","tenantId":"t-1"},
        {"subscriptionId":"s-2","displayName":"Twin","state":"Enabled","tenantId":"t-1"},
        {"subscriptionId":"s-3","displayName":"Twin","state":"Enabled","tenantId":"t-1"}]}
        """;

    [Theory]
    [InlineData("S-3", null, "s-3")]
    [InlineData("shop", null, "s-1")]
    [InlineData(" s-2 ", "s-1", "s-2")]
    [InlineData(null, "s-2", "s-2")]
    [InlineData("", "s-3", "s-3")]
    [InlineData(null, null, null)]
    [InlineData(null, " ", null)]
    public async Task The_subscription_asked_for_comes_before_the_variable_and_several_give_none(string? asked, string? variable, string? expected)
    {
        var connection = await ConnectAsync(Three, asked, variable);

        Assert.Equal(expected, connection.Subscription?.SubscriptionId);
    }

    [Fact]
    public async Task The_only_enabled_subscription_is_taken()
    {
        var connection = await ConnectAsync(Two, null, null);

        Assert.Equal("Shop", connection.Subscription?.DisplayName);
        Assert.Equal("t-1", connection.TenantId);
    }

    [Theory]
    [InlineData("s-9", null, "'s-9'. It sees Shop (s-1), Twin (s-2), Twin (s-3).")]
    [InlineData(null, "s-8", "'s-8' (from the environment variable AZURE_SUBSCRIPTION_ID).")]
    [InlineData("twin", null, "2 subscriptions are called 'twin'; name one by its id: s-2, s-3.")]
    public async Task A_subscription_that_cannot_be_meant_is_refused(string? asked, string? variable, string words)
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ConnectAsync(Three, asked, variable));

        Assert.Equal(FailureKind.SubscriptionNotSet, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_sees_nothing_is_connected_without_a_subscription()
    {
        Assert.Null((await ConnectAsync("""{"value":[]}""", null, null)).Subscription);

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ConnectAsync("""{"value":[]}""", "Shop", null));
        Assert.Contains("It sees none at all.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"value":[]}""", 0, 0)]
    [InlineData(Two, 2, 1)]
    [InlineData(Three, 3, 3)]
    public async Task A_connection_tells_how_many_subscriptions_there_are(string subscriptions, int visible, int enabled)
    {
        var connection = await ConnectAsync(subscriptions, null, null);

        Assert.Equal((visible, enabled), (connection.VisibleSubscriptions, connection.EnabledSubscriptions));
    }

    [Fact]
    public async Task The_account_is_the_one_of_the_token()
    {
        // {"upn":"ada@example.net","tid":"t-9"}
        var credential = new FakeCredential(token: "e30.eyJ1cG4iOiJhZGFAZXhhbXBsZS5uZXQiLCJ0aWQiOiJ0LTkifQ.x");
        var settings = Settings(new ScriptedHandler().Then(200, """{"value":[]}"""), null, null);

        var connection = await Connection.ConnectAsync(
            settings with { Arm = settings.Arm with { Credential = credential }, Cloud = CloudEndpoints.Of(AzureEnvironment.AzureChinaCloud) }, default);

        Assert.Equal(("ada@example.net", "t-9"), (connection.AccountName, connection.TenantId));
        Assert.Equal(AzureEnvironment.AzureChinaCloud, connection.Environment);
        Assert.Same(credential, connection.Credential);
        Assert.Equal("management.azure.com", connection.Endpoint.Host);
        Assert.DoesNotContain("eyJ1cG4i", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_does_not_work_is_no_connection()
    {
        var handler = new ScriptedHandler();
        var settings = Settings(handler, null, null);
        settings = settings with { Arm = settings.Arm with { Credential = new FakeCredential(new CredentialUnavailableException("none")) } };

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => Connection.ConnectAsync(settings, default));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_token_that_azure_refuses_is_no_connection()
    {
        var settings = Settings(new ScriptedHandler().Then(401, """{"error":{"code":"InvalidAuthenticationToken","message":"no"}}"""), null, null);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => Connection.ConnectAsync(settings, default));

        Assert.Equal((FailureKind.AuthenticationFailed, "InvalidAuthenticationToken"), (failure.Kind, failure.ErrorCode));
    }

    private static Task<Connection> ConnectAsync(string subscriptions, string? asked, string? variable) =>
        Connection.ConnectAsync(Settings(new ScriptedHandler().Then(200, subscriptions), asked, variable), default);

    private static ConnectionSettings Settings(ScriptedHandler handler, string? asked, string? variable) => new()
    {
        Arm = ArmTestClient.Options(handler),
        Subscription = asked,
        ReadVariable = name => name == "AZURE_SUBSCRIPTION_ID" ? variable : null,
    };
}
