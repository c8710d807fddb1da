using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.Journal;

/// <summary>Journals of apps in resource groups whose names are escaped in paths.</summary>
public abstract class EscapedGroupTests : JournalTest
{
    private protected EscapedGroupTests(string group)
        : base(group)
    {
    }

    /// <summary>With parentheses.</summary>
    public sealed class Parentheses() : EscapedGroupTests("rg(prod)");

    /// <summary>With letters beyond ASCII.</summary>
    public sealed class Letters() : EscapedGroupTests("rg-größe");

    [Fact]
    public async Task A_prune_is_undone()
    {
        var before = await StandingAsync("web-shop");
        await PruneAsync("web-shop");
        Assert.Equal(3, (await StandingAsync("web-shop")).Count);

        var output = await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-shop"));
        Assert.All(output.Results<PruneUndoResult>(), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.Equal(FailureKind.JournalAlreadyUndone, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync())).Kind);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_goes_on()
    {
        await CutAsync("web-shop");

        var output = await PruneAsync("web-shop");

        Assert.All(output.Results<PruneResult>(), result => Assert.Equal(PruneOutcome.Deactivated, result.Outcome));
        var run = Assert.Single(PruneJournal.Read(File, Cloud).Runs);
        Assert.True(run.IsComplete);
        Assert.All(run.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
        Assert.Equal(3, (await StandingAsync("web-shop")).Count);
    }

    [Fact]
    public async Task Own_writes_are_no_drift_of_a_plan()
    {
        var request = new PruneRequest(new RetentionPolicy { KeepLast = 3 }, InterlockLifts.None);
        var plan = PrunePlanner.Plan(new PruneWorld(await ReadAsync(Shop("web-shop"))), request, Sandbox.Clock.GetUtcNow()) with { Cloud = Cloud };
        plan = Assert.Single(Written.Read(Written.Plans([plan])));
        await CutAsync("web-shop");
        using var journal = Open();
        var recheck = new PlanRecheck(Azure, new PlanTarget(Cloud, null), Output) { OwnDeactivations = journal.OwnDeactivations };

        Assert.Single(await recheck.ReadAsync([plan], 4, CancellationToken.None));
        Assert.Empty(Output.Failures);
    }

    private async Task CutAsync(string app)
    {
        using var stop = new CancellationTokenSource();
        var calls = new CallsBetween(Azure, () => stop.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PruneAsync(app, azure: calls, cancellationToken: stop.Token));
    }
}
