using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Changes;

public sealed class AppStatesReaderTests : SandboxTest
{
    [Fact]
    public async Task An_app_whose_group_is_named_is_read_once_however_often_it_is_named()
    {
        var scope = new AppScope(Sandbox.SubscriptionId, "rg-shop", "web-shop");

        var states = await ReadAsync(scope, scope with { AppName = "WEB-SHOP", RevisionName = "0000030" });

        Assert.Equal([scope], states.Select(item => item.Scope));
        Assert.Equal(
            [$"{Shop("web-shop").Path}", $"{Shop("web-shop").Path}/revisions"],
            Sandbox.Requests.Select(request => request.PathAndQuery.Split('?')[0]));
    }

    [Fact]
    public async Task An_app_that_is_named_in_two_ways_comes_once_and_in_order()
    {
        var states = await ReadAsync(
            new AppScope(Sandbox.SubscriptionId, null, "web-search"),
            new AppScope(Sandbox.SubscriptionId, "rg-shop", "web-shop"),
            new AppScope(Sandbox.SubscriptionId, "rg-s*", "web-shop"));

        Assert.Equal(["web-search", "web-shop"], states.Select(item => item.State.App.Name));
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task What_is_not_there_is_reported_and_the_others_go_on()
    {
        var states = await ReadAsync(
            new AppScope(Sandbox.SubscriptionId, "rg-shop", "none"),
            new AppScope(Sandbox.SubscriptionId, null, "none"),
            new AppScope(Sandbox.SubscriptionId, "rg-shop", "web-*"),
            new AppScope(Sandbox.SubscriptionId, "rg-shop", "web-shop"));

        Assert.Equal(["web-shop"], states.Select(item => item.State.App.Name));
        Assert.Equal(Enumerable.Repeat(FailureKind.ContainerAppNotFound, 3), Output.Failures.Select(failure => failure.Kind));
    }

    private Task<IReadOnlyList<(AppScope Scope, AppState State)>> ReadAsync(params AppScope[] scopes) =>
        new AppStatesReader(Azure, Output).ReadAsync(scopes, CancellationToken.None);
}
