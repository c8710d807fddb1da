using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.Journal;

/// <summary>Runs that were cut off and go on.</summary>
public sealed class ResumeTests : JournalTest
{
    [Fact]
    public async Task A_run_that_was_stopped_goes_on_and_ends_where_it_would_have_ended()
    {
        var all = (await PlannedAsync("web-shop")).Count;
        using var stop = new CancellationTokenSource();
        var calls = new CallsBetween(Azure, () => stop.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PruneAsync("web-shop", azure: calls, cancellationToken: stop.Token));
        var first = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.False(first.HasEnded);
        var sent = Assert.Single(first.Writes);
        Assert.True(sent.IsOpen);

        var output = await PruneAsync("web-shop");

        var run = Assert.Single(PruneJournal.Read(File, Cloud).Runs);
        Assert.Equal(first.Id, run.Id);
        Assert.True(run.IsComplete);
        Assert.Equal(all, run.Writes.Count);
        Assert.All(run.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
        Assert.Equal(3, (await StandingAsync("web-shop")).Count);
        Assert.Equal(all, Sandbox.WriteCount);
        var found = output.Results<PruneResult>()[0];
        Assert.Equal((RevisionId.TryParse(sent.Write.ResourceId)!.Value.Name, PruneOutcome.Deactivated), (found.Name, found.Outcome));
        Assert.StartsWith("found after the run was cut off", found.Message, StringComparison.Ordinal);
        Assert.Equal(all, output.Results<PruneResult>().Count);
    }

    [Fact]
    public async Task What_was_announced_and_never_sent_is_done_when_the_run_goes_on()
    {
        var revision = (await PlannedAsync("web-checkout", 1))[0];
        await AnnounceAsync(revision);

        var output = await PruneAsync("web-checkout", 1);

        Assert.Contains(output.Results<PruneResult>(), result => result.Name == revision.Name && result.Outcome == PruneOutcome.Deactivated);
        Assert.All(PruneJournal.Read(File, Cloud).LastRun!.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
    }

    [Fact]
    public async Task One_that_goes_down_by_the_call_of_the_run_that_was_cut_off_has_one_result()
    {
        var revision = (await PlannedAsync("web-checkout", 1))[1];
        await AnnounceAsync(revision);
        var calls = new CallsBetween(Azure, () => Azure.DeactivateRevisionAsync(revision.Id, CancellationToken.None));

        var output = await PruneAsync("web-checkout", 1, azure: calls);

        Assert.Equal(PruneOutcome.AlreadyInactive, Assert.Single(output.Results<PruneResult>(), result => result.Name == revision.Name).Outcome);
        Assert.All(PruneJournal.Read(File, Cloud).LastRun!.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
    }

    [Fact]
    public async Task What_was_announced_and_is_kept_by_now_is_settled_at_the_end()
    {
        var revision = (await PlannedAsync("web-checkout", 1))[0];
        await AnnounceAsync(revision);

        await PruneAsync("web-checkout", 100);

        var run = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.True(run.IsComplete);
        Assert.Equal(PruneWriteOutcome.NotDone, Assert.Single(run.Writes).Outcome);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task What_has_gone_or_was_replaced_since_is_said()
    {
        var revision = (await PlannedAsync("web-checkout", 1))[0];
        await AnnounceAsync(revision with { CreatedTime = revision.CreatedTime!.Value.AddDays(-1) }, revision with { Name = "web-checkout--gone" });

        var output = await PruneAsync("web-checkout", 100);

        Assert.Equal(
            [("web-checkout--gone", PruneOutcome.Unknown), (revision.Name, PruneOutcome.Unknown)],
            output.Results<PruneResult>().Select(result => (result.Name, result.Outcome)).Order());
        Assert.True(PruneJournal.Read(File, Cloud).LastRun!.IsComplete);
    }

    [Fact]
    public async Task A_limit_that_was_set_as_the_run_was_cut_off_is_found()
    {
        var app = Shop("web-checkout");
        using (var journal = Open())
        {
            await journal.BeginPruneAsync("KeepLast 1", [], new CollectingOutput());
            await journal.BeforeAsync(new PruneWrite(PruneWriteKind.SetMaxInactive, app.Path) { Before = 100, After = 40 }, CancellationToken.None);
            Assert.Equal(40, journal.OwnLimits[app]);
        }

        var output = await PruneAsync("web-checkout", 100);

        Assert.Equal(PruneWriteOutcome.NotDone, Assert.Single(PruneJournal.Read(File, Cloud).LastRun!.Writes).Outcome);
        Assert.Empty(output.Results<PruneResult>());
    }

    [Fact]
    public async Task Rules_that_are_not_those_it_began_with_are_said()
    {
        await AnnounceAsync((await PlannedAsync("web-checkout", 1))[0]);

        var output = await PruneAsync("web-checkout", 7);

        Assert.Contains("begun by other rules: KeepLast 1.", Assert.Single(output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_in_which_an_answer_stayed_lost_is_not_complete_and_the_next_finds_out()
    {
        var all = (await PlannedAsync("web-shop")).Count;
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Times = int.MaxValue });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "GET", Skip = 6, Times = int.MaxValue });
        await PruneAsync("web-shop");
        var cut = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.True(cut.HasEnded);
        Assert.False(cut.IsComplete);
        Sandbox.ClearFaults();

        await PruneAsync("web-shop");

        var run = Assert.Single(PruneJournal.Read(File, Cloud).Runs);
        Assert.True(run.IsComplete);
        Assert.All(run.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
        Assert.Equal(all, run.Writes.Count);
    }

    private async Task<IReadOnlyList<Revision>> PlannedAsync(string app, int keepLast = 3)
    {
        var world = new PruneWorld(await ReadAsync(Shop(app)));
        var plan = PrunePlanner.Plan(world, new PruneRequest(new RetentionPolicy { KeepLast = keepLast }, InterlockLifts.None), Sandbox.Clock.GetUtcNow());
        return [.. ApprovedPrune.Whole(plan).Entries.Select(entry => entry.Revision)];
    }

    /// <summary>A run that was cut off right before it sent something.</summary>
    private async Task AnnounceAsync(params Revision[] revisions)
    {
        using var journal = Open();
        await journal.BeginPruneAsync("KeepLast 1", [], new CollectingOutput());
        foreach (var revision in revisions)
        {
            await journal.BeforeAsync(
                new PruneWrite(PruneWriteKind.Deactivate, revision.Id.Path) { CreatedTime = revision.CreatedTime }, CancellationToken.None);
        }
    }
}
