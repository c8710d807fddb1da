using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>When a watch that waits for a stage has seen what it waits for.</summary>
public sealed class WatchEndTests : SandboxTest
{
    private static readonly WatchOptions s_ready = new() { Until = RevisionStage.Ready, Timeout = TimeSpan.FromMinutes(2), Random = new Random(1) };

    [Fact]
    public async Task What_is_in_the_stage_from_the_beginning_has_not_become_so_where_none_was_named()
    {
        var started = Sandbox.Clock.GetUtcNow();

        await WatchAsync("web-shop", null);

        Assert.Contains(Output.Results<RevisionTransition>(), transition => transition is { From: null, To: RevisionStage.Ready });
        Assert.Equal(TimeSpan.FromMinutes(2), Sandbox.Clock.GetUtcNow() - started);
        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.StartsWith("No revision of app 'web-shop' has newly become Ready within", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("What is Ready already when the watch of an app begins does not count", failure.Advice, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_several_that_were_named_the_last_to_arrive_ends_it()
    {
        await Azure.ActivateRevisionAsync(new RevisionId(Shop("web-search"), "web-search--0000001"), CancellationToken.None);

        await WatchAsync("web-search", "000000[123]");

        var arrived = Output.Results<RevisionTransition>().Where(transition => transition.To == RevisionStage.Ready).ToList();
        Assert.Contains(arrived, transition => transition.From is null);
        Assert.Equal(("web-search--0000001", RevisionStage.Provisioning), (arrived[^1].RevisionName, arrived[^1].From));
        Assert.Empty(Output.Failures);
    }

    private Task WatchAsync(string app, string? name) =>
        new RevisionWatcher(Azure, s_ready, Output).RunAsync([new AppScope(Sandbox.SubscriptionId, "rg-shop", app, name)], CancellationToken.None);
}
