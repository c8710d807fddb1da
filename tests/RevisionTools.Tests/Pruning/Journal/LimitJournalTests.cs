using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.Journal;

/// <summary>What a journal tells of limits of inactive revisions.</summary>
public sealed class LimitJournalTests : JournalTest
{
    [Fact]
    public async Task A_limit_that_was_refused_and_then_found_changed_was_not_set()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 409, Method = "PATCH" });
        using var journal = Open();
        await journal.BeginPruneAsync("KeepLast 1", [], Output);
        var asked = 0;
        var writer = new LimitWriter(Azure, new AppUpdateOptions { Activity = "Test" }, journal, Output);

        await Assert.ThrowsAsync<RevisionToolsException>(() => writer.SetAsync(
            Shop("web-checkout"), 40, _ => ++asked == 1 ? true : throw new RevisionToolsException(FailureKind.RevisionChanged, "Somebody was faster."), CancellationToken.None));

        Assert.Equal(2, asked);
        Assert.Equal(PruneWriteOutcome.NotDone, Assert.Single(journal.Run.Writes).Outcome);
    }

    [Fact]
    public async Task The_deadline_lets_go_of_a_limit_that_is_being_set()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH", Duration = TimeSpan.FromMinutes(4) });
        var started = Sandbox.Clock.GetUtcNow();
        using var journal = Open();
        await journal.BeginPruneAsync("KeepLast 100", [], Output);
        var forecast = RetentionForecast.Of(await ReadAsync(Shop("web-checkout")), 40);
        var changer = new RetentionChanger(Azure, null, TimeSpan.FromMinutes(5), Output, journal) { Deadline = new RunDeadline(Sandbox.Clock, TimeSpan.FromSeconds(30)) };

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => changer.ChangeAsync(forecast, CancellationToken.None));

        Assert.True(failure.OutcomeUnknown);
        Assert.Contains("whether it took effect is not known", failure.Message, StringComparison.Ordinal);
        Assert.True(Sandbox.Clock.GetUtcNow() - started < TimeSpan.FromSeconds(45));
        Assert.Equal(PruneWriteOutcome.Unknown, Assert.Single(journal.Run.Writes).Outcome);
    }

    [Fact]
    public async Task A_limit_that_took_effect_right_before_the_run_was_cut_off_is_found()
    {
        using (var journal = Open())
        {
            await journal.BeginPruneAsync("KeepLast 100", [], Output);
            await journal.BeforeAsync(new PruneWrite(PruneWriteKind.SetMaxInactive, Shop("web-checkout").Path) { Before = 100, After = 40 }, CancellationToken.None);
        }

        await new RetentionChanger(Azure, null, TimeSpan.FromMinutes(5), Output)
            .ChangeAsync(RetentionForecast.Of(await ReadAsync(Shop("web-checkout")), 40), CancellationToken.None);

        var output = await PruneAsync("web-checkout", 100);

        var run = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.True(run.IsComplete);
        Assert.Equal(PruneWriteOutcome.Done, Assert.Single(run.Writes).Outcome);
        Assert.Contains("the limit was set just before the run was cut off", Assert.Single(output.Warnings), StringComparison.Ordinal);
        Assert.Equal(UndoOutcome.LimitRaised, Assert.Single((await UndoAsync()).Results<PruneUndoResult>()).Outcome);
        Assert.Equal(100, PurgeForecast.LimitOf((await ReadAsync(Shop("web-checkout"))).App));
    }
}
