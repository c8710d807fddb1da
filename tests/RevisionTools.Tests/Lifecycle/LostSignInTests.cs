using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>A sign-in that is no longer good ends all of the work: it is thrown, and not reported for one target after the other.</summary>
public sealed class LostSignInTests : SandboxTest
{
    [Fact]
    public async Task Waits_for_several_revisions_end()
    {
        var revisions = (await ReadAsync(Shop("web-checkout"))).Revisions;
        var condition = new WaitCondition { Stage = RevisionStage.Ready, Timeout = TimeSpan.FromMinutes(5) };
        LoseSignIn(null);

        await EndsAsync(() => new WaitRunner(Azure, new NoProbe(), condition, new Random(1), Output).RunAsync(revisions, CancellationToken.None));
    }

    [Fact]
    public async Task A_watch_of_several_apps_ends()
    {
        LoseSignIn("*/revisions");
        AppScope[] scopes = [new(Sandbox.SubscriptionId, "rg-shop", "web-shop"), new(Sandbox.SubscriptionId, "rg-shop", "web-search")];

        await EndsAsync(() => new RevisionWatcher(Azure, new WatchOptions { Timeout = TimeSpan.FromMinutes(2), Random = new Random(1) }, Output).RunAsync(scopes, CancellationToken.None));
    }

    [Fact]
    public async Task Reading_on_what_apps_run_ends()
    {
        var app = (await ReadAsync(Shop("web-shop"))).App with { WorkloadProfileName = "dedicated" };
        LoseSignIn("managedEnvironments");

        await EndsAsync(() => new WorkloadProfileReader(Azure).ReadAsync(app, CancellationToken.None));
    }

    [Fact]
    public async Task Changes_of_several_apps_end()
    {
        var lost = new RevisionToolsException(FailureKind.AuthenticationFailed, "Sign in again.");

        await EndsAsync(() => AppsInParallel.ForEachAsync(Enumerable.Range(1, 20), number => $"app-{number}", (_, _) => throw lost, Output, CancellationToken.None));
    }

    [Fact]
    public async Task What_one_app_forbids_does_not_end_the_changes_of_the_others()
    {
        var refusal = new RevisionToolsException(FailureKind.AccessDenied, "No.");
        var changed = new System.Collections.Concurrent.ConcurrentBag<int>();

        await AppsInParallel.ForEachAsync(
            Enumerable.Range(1, 20),
            number => $"app-{number}",
            (number, _) =>
            {
                changed.Add(number);
                return number == 1 ? throw refusal : Task.CompletedTask;
            },
            Output,
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 20), changed.Order());
        Assert.Same(refusal, Assert.Single(Output.Failures));
    }

    private void LoseSignIn(string? path) => Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 401, Path = path, Times = int.MaxValue });

    private async Task EndsAsync(Func<Task> work)
    {
        var failure = await Assert.ThrowsAnyAsync<RevisionToolsException>(work);

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Empty(Output.Failures);
    }

    private sealed class NoProbe : IRevisionProbe
    {
        public Task<ProbeAnswer> AskAsync(string host, string path, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody was to be asked.");
    }
}
