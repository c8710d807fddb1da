using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class TrafficReaderTests : SandboxTest
{
    [Fact]
    public async Task Tables_come_in_the_order_of_the_apps()
    {
        var apps = await Azure.ListAppsAsync(Sandbox.SubscriptionId, null, CancellationToken.None).ToListAsync();

        Assert.Equal(apps.Select(app => app.Name), await ReadAsync("*"));
    }

    [Fact]
    public async Task An_app_that_cannot_be_read_is_reported_and_the_others_go_on()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = $"{Shop("web-shop").Path}/revisions" });

        Assert.Equal(["web-landing", "web-checkout", "web-search", "web-account"], await ReadAsync("web-*"));
        Assert.Equal(FailureKind.AccessDenied, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task A_sign_in_that_is_not_valid_ends_everything()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 401, Path = "revisions", Times = int.MaxValue });

        Assert.Equal(FailureKind.AuthenticationFailed, (await Assert.ThrowsAnyAsync<RevisionToolsException>(() => ReadAsync("web-*"))).Kind);
        Assert.Empty(Output.Failures);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string name)
    {
        List<string> names = [];
        await new TrafficReader(Azure, Output).ForEachAsync(
            [new AppScope(Sandbox.SubscriptionId, null, name)],
            (snapshot, _) =>
            {
                names.Add(snapshot.App.Name);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return names;
    }
}
