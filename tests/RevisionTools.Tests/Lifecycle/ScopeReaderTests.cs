using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class ScopeReaderTests : SandboxTest
{
    [Fact]
    public async Task One_revision_is_found_among_all_apps_and_no_other_app_complains()
    {
        Assert.Equal(["web-shop--0000030"], await NamesAsync(Scope("*", "web-shop--0000030")));
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task A_suffix_is_looked_for_in_every_app()
    {
        Assert.Equal(["web-shop--0000030"], await NamesAsync(Scope("web-*", "0000030")));
        Assert.Equal(["web-checkout--v2-12"], await NamesAsync(Scope("web-checkout", "v2-12")));
    }

    [Fact]
    public async Task A_revision_that_no_app_has_is_missed_once()
    {
        Assert.Empty(await NamesAsync(Scope("web-*", "nope")));
        Assert.Equal(FailureKind.RevisionNotFound, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task A_filter_on_one_app_misses_nothing()
    {
        Assert.Empty(await NamesAsync(Scope("web-checkout", "web-shop--0000030") with { IsFilter = true }));
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task What_one_app_lacks_does_not_stop_the_others()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "*/web-landing/revisions", Times = int.MaxValue });

        var names = await NamesAsync(Scope("web-*", null));

        Assert.Contains("web-shop--0000030", names);
        Assert.DoesNotContain(names, name => name.StartsWith("web-landing", StringComparison.Ordinal));
        Assert.Equal(FailureKind.AccessDenied, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_everything()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 401, Path = "*/revisions", Times = int.MaxValue });

        var failure = await Assert.ThrowsAnyAsync<RevisionToolsException>(() => NamesAsync(Scope("web-*", null)));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.InRange(Sandbox.Requests.Count(request => request.PathAndQuery.Contains("/revisions", StringComparison.Ordinal)), 1, 4);
    }

    [Fact]
    public async Task Apps_are_read_ahead_and_come_in_order()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = "*/revisions", Times = 4 });
        var reading = NamesAsync(Scope("*", "*000001"));
        SpinWait.SpinUntil(() => Sandbox.InFlight == 4, TimeSpan.FromSeconds(30));

        Assert.Equal(4, Sandbox.InFlight);
        Sandbox.ReleaseHeld();
        var apps = (await reading).Select(name => name[..name.IndexOf("--", StringComparison.Ordinal)]).ToList();
        List<string> listed = [];
        await foreach (var app in Azure.ListAppsAsync(Sandbox.SubscriptionId, null, CancellationToken.None))
        {
            listed.Add(app.Name);
        }

        Assert.Equal(listed.Where(apps.Contains), apps);
    }

    [Fact]
    public async Task Who_leaves_early_leaves_no_read_behind()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = "*/web-search/revisions", Times = int.MaxValue });

        await Assert.ThrowsAsync<InvalidOperationException>(() => new ScopeReader(Azure, Output).ForEachRevisionAsync(
            [Scope("*", null)], (_, _) => throw new InvalidOperationException("enough"), CancellationToken.None));

        SpinWait.SpinUntil(() => Sandbox.InFlight == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(0, Sandbox.InFlight);
    }

    [Fact]
    public async Task A_policy_of_names_that_match_nothing_in_an_app_is_refused_for_that_app()
    {
        var policy = new RetentionPolicy { KeepName = ["v2-1*"] };

        var plans = await new PlanReader(Azure, Output).ReadAsync([Scope("web-checkout", null), Scope("web-shop", null)], new PruneRequest(policy, InterlockLifts.None), 2, CancellationToken.None);

        Assert.Equal("web-checkout", Assert.Single(plans).ContainerAppName);
        Assert.Equal(FailureKind.InvalidRetentionRule, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task Targets_are_found_by_suffix_each_once_and_an_app_is_read_once()
    {
        AppScope[] scopes = [Scope("web-checkout", "v2-12"), Scope("WEB-CHECKOUT", "web-checkout--v2-12"), Scope("web-checkout", "nope"), Scope("no-app", "x")];

        var targets = await new TargetReader(Azure, Output).ReadAsync(scopes, 2, CancellationToken.None);

        Assert.Equal("web-checkout--v2-12", Assert.Single(targets).Revision.Name);
        Assert.Equal([FailureKind.ContainerAppNotFound, FailureKind.RevisionNotFound], Output.Failures.Select(failure => failure.Kind).Order());
        Assert.Single(Sandbox.Requests, request => request.PathAndQuery.Contains("/web-checkout/revisions", StringComparison.OrdinalIgnoreCase));
    }

    private AppScope Scope(string app, string? revision) => new(Sandbox.SubscriptionId, null, app, revision);

    private async Task<List<string>> NamesAsync(AppScope scope)
    {
        List<string> names = [];
        await new ScopeReader(Azure, Output).ForEachRevisionAsync(
            [scope],
            (revision, _) =>
            {
                names.Add(revision.Name);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return names;
    }
}
