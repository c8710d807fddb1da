using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>Watches of revisions on the sandbox.</summary>
public sealed class WatchTests : SandboxTest
{
    private static readonly WatchOptions s_brief = new() { Timeout = TimeSpan.FromMinutes(2), Random = new Random(1) };

    private IEnumerable<(string Name, RevisionStage? From, RevisionStage To)> Seen =>
        Output.Results<RevisionTransition>().Select(transition => (transition.RevisionName, transition.From, transition.To));

    [Fact]
    public async Task It_begins_with_the_present_and_tells_every_change_until_the_stage_is_reached()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        await Azure.ActivateRevisionAsync(id, CancellationToken.None);

        await WatchAsync(s_brief with { Until = RevisionStage.Ready }, Scope("rg-shop", "web-search", "0000001"));

        Assert.Equal([(id.Name, null, RevisionStage.Provisioning), (id.Name, RevisionStage.Provisioning, RevisionStage.Ready)], Seen);
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task A_new_revision_of_an_app_is_followed_and_until_means_that_one_gets_there()
    {
        var patch = JsonNode.Parse("""{"properties":{"template":{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:2-crash"}]}}}""")!.AsObject();
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Path = "*/web-landing/revisions",
            Skip = 2,
            After = sandbox => Send(sandbox, HttpMethod.Patch, Shop("web-landing").Path, patch.ToJsonString()),
        });

        await WatchAsync(s_brief with { Until = RevisionStage.Failed }, Scope("rg-shop", "web-landing", null));

        Assert.Equal(7, Seen.Take(7).Count(transition => transition.From is null));
        Assert.Equal(
            [(null, RevisionStage.Provisioning), ((RevisionStage?)RevisionStage.Provisioning, RevisionStage.Failed)],
            Seen.Skip(7).Select(transition => (transition.From, transition.To)));
    }

    [Fact]
    public async Task One_that_is_purged_is_told_as_removed_and_ends_the_watch_of_it()
    {
        var list = Send(Sandbox, HttpMethod.Get, $"{Shop("web-search").Path}/revisions", null);
        var left = JsonNode.Parse(list)!.AsObject();
        left["value"]!.AsArray().RemoveAt(0);
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 200, Method = "GET", Path = "*/web-search/revisions", Skip = 2, Times = int.MaxValue, Body = left.ToJsonString() });

        await WatchAsync(new WatchOptions { Random = new Random(1) }, Scope("rg-shop", "web-search", "m4t8b2z"));

        Assert.Equal([("web-search--m4t8b2z", null, RevisionStage.Inactive), ("web-search--m4t8b2z", RevisionStage.Inactive, RevisionStage.Removed)], Seen);
    }

    [Fact]
    public async Task A_deleted_app_takes_its_revisions_along()
    {
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Path = "*/web-landing/revisions",
            Skip = 1,
            After = sandbox => Send(sandbox, HttpMethod.Delete, Shop("web-landing").Path, null),
        });

        await WatchAsync(new WatchOptions { Random = new Random(1) }, Scope("rg-shop", "web-landing", null));

        Assert.Equal(7, Seen.Count(transition => transition.To == RevisionStage.Removed));
        Assert.Empty(Output.Failures);
    }

    [Theory]
    [InlineData(RevisionStage.Ready, "m4t8b2z", FailureKind.RevisionNotFound)]
    [InlineData(RevisionStage.Failed, null, FailureKind.ContainerAppNotFound)]
    [InlineData(RevisionStage.Inactive, "0000003", null)]
    [InlineData(RevisionStage.Removed, "m4t8b2z", null)]
    public async Task What_is_gone_before_it_got_there_is_an_error(RevisionStage until, string? name, FailureKind? expected)
    {
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Path = "*/web-search/revisions",
            Skip = 1,
            After = sandbox => Send(sandbox, HttpMethod.Delete, Shop("web-search").Path, null),
        });

        await WatchAsync(s_brief with { Until = until }, Scope("rg-shop", "web-search", name));

        Assert.Equal(RevisionStage.Removed, Seen.Last().To);
        Assert.Equal(expected, Output.Failures.SingleOrDefault()?.Kind);
    }

    [Fact]
    public async Task A_look_that_is_not_answered_ends_with_the_time()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = "*/web-shop/revisions", Skip = 2, Times = int.MaxValue });
        var started = Sandbox.Clock.GetUtcNow();

        await WatchAsync(s_brief with { Until = RevisionStage.Failed }, Scope("rg-shop", "web-shop", "0000001"));

        Assert.Equal(TimeSpan.FromMinutes(2), Sandbox.Clock.GetUtcNow() - started);
        Assert.Equal(FailureKind.RevisionWaitTimeout, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task Moves_of_traffic_are_told_when_asked_for()
    {
        var app = Shop("web-checkout");
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Path = "*/web-checkout/revisions",
            Skip = 1,
            After = _ => StartTraffic(app, ("web-checkout--v2-14", 60, "stable"), ("web-checkout--v2-15", 40, "canary")),
        });

        await WatchAsync(s_brief with { IncludeTraffic = true }, Scope("rg-shop", "web-checkout", "v2-1[245]"));

        var moves = Output.Results<RevisionTransition>().Where(transition => transition.From is not null).ToList();
        Assert.Equal(["web-checkout--v2-12", "web-checkout--v2-14", "web-checkout--v2-15"], moves.Select(move => move.RevisionName));
        Assert.Equal(["labels: none instead of previous", "gets 60 % of the traffic instead of 90 %", "gets 40 % of the traffic instead of 10 %"], moves.Select(move => move.Reason));
    }

    [Fact]
    public async Task Trouble_that_passes_is_looked_past()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "*/revisions", Skip = 1, Times = 12 });
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        await Azure.ActivateRevisionAsync(id, CancellationToken.None);

        await WatchAsync(s_brief with { Until = RevisionStage.Ready }, Scope("rg-shop", "web-search", "0000001"));

        Assert.Equal(RevisionStage.Ready, Seen.Last().To);
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task What_one_app_forbids_does_not_end_the_others()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "GET", Path = "*/web-shop/revisions", Times = int.MaxValue });

        await WatchAsync(s_brief, Scope("rg-shop", "web-shop", null), Scope("rg-shop", "web-landing", null), Scope("rg-shop", "web-none", null));

        Assert.Equal(7, Seen.Count());
        Assert.Equal([FailureKind.AccessDenied, FailureKind.ContainerAppNotFound], Output.Failures.Select(failure => failure.Kind).Order());
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_reported_and_the_others_are_watched()
    {
        await WatchAsync(s_brief with { Until = RevisionStage.Ready }, Scope("rg-shop", "web-shop", "none"), Scope("rg-shop", "web-shop", "0000001"));

        Assert.Equal([("web-shop--0000001", null, RevisionStage.Ready)], Seen);
        Assert.Equal(FailureKind.RevisionNotFound, Assert.Single(Output.Failures).Kind);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(RevisionStage.Failed, FailureKind.RevisionWaitTimeout)]
    public async Task The_end_of_its_time_is_an_error_only_where_something_was_waited_for(RevisionStage? until, FailureKind? expected)
    {
        var started = Sandbox.Clock.GetUtcNow();

        await WatchAsync(s_brief with { Until = until }, Scope("rg-shop", "web-shop", "0000001"));

        Assert.Equal(TimeSpan.FromMinutes(2), Sandbox.Clock.GetUtcNow() - started);
        Assert.Equal(expected, Output.Failures.SingleOrDefault()?.Kind);
        Assert.All(Output.Failures, failure => Assert.Contains("'web-shop--0000001' is Ready, scaled to zero", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_apps_together_stay_within_a_few_reads_a_second()
    {
        var started = Sandbox.Clock.GetUtcNow();

        await WatchAsync(s_brief, new AppScope(Sandbox.SubscriptionId, null, "*"));

        Assert.InRange(Sandbox.Requests.Count / (Sandbox.Clock.GetUtcNow() - started).TotalSeconds, 1, 4);
    }

    private Task WatchAsync(WatchOptions options, params AppScope[] scopes) =>
        new RevisionWatcher(Azure, options, Output).RunAsync(scopes, CancellationToken.None);

    private AppScope Scope(string group, string app, string? name) => new(Sandbox.SubscriptionId, group, app, name);

    private static string Send(ContainerAppsSandbox sandbox, HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient(sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(method, $"https://management.azure.com{path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = client.Send(request);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
