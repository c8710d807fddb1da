using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.FaultRuns;

/// <summary>What seeds of the fault runs have found, told without their seeds: those mean something else as soon as the draws change.</summary>
public sealed class FoundBySeedsTests : JournalTest
{
    [Fact]
    public void A_function_app_without_ingress_that_has_no_function_at_work_is_taken_to_work_by_itself()
    {
        var app = Given.App() with { Kind = "functionapp", IngressEnabled = false };
        var unread = Given.Snapshot(app, Given.Resource(1));

        var read = FunctionConsumers.Join(app, unread.Revisions[0], [new FunctionResource { Name = "Accept", ResourceId = "/x", TriggerType = "httpTrigger" }]);

        Assert.Equal(EventConsumerKind.NoIngress, Assert.Single(read.EventConsumers).Kind);
        Assert.Contains(Interlock.ConsumesEvents, InterlockRules.Default.Of(read, new AppSnapshot(app, [read]), new HashSet<string>()));
    }

    [Theory]
    [InlineData(2, PruneOutcome.Deactivated)]
    [InlineData(4, PruneOutcome.Failed)]
    public async Task Nothing_is_sent_on_reads_that_took_longer_than_20_seconds(int slow, PruneOutcome expected)
    {
        var snapshot = await ReadAsync(Shop("web-shop"));
        var plan = PrunePlanner.Plan(
            new PruneWorld(snapshot), new PruneRequest(new RetentionPolicy { KeepLast = 3 }, InterlockLifts.None), Sandbox.Clock.GetUtcNow());
        var one = plan.Entries.First(entry => entry.Decision == PruneDecision.Deactivate);
        Sandbox.Inject(new SandboxFault { Method = "GET", Path = "*/revisions", Times = slow, Before = sandbox => sandbox.Clock.Advance(TimeSpan.FromSeconds(21)) });

        await new PruneRunner(Azure, new PruneRunOptions(), Output).RunAsync([new ApprovedPrune(plan, [one])], CancellationToken.None);

        Assert.Equal(expected, Assert.Single(Output.Results<PruneResult>()).Outcome);
        Assert.Equal(expected == PruneOutcome.Failed ? 0 : 1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_revision_that_was_just_read_is_not_called_purged_on_one_answer_and_stays_to_be_undone()
    {
        await PruneAsync("web-shop", keepLast: 29);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, ErrorCode = "RevisionNotFound", Method = "POST", Path = "*/activate" });

        var first = await UndoAsync();
        var second = await UndoAsync();

        Assert.Contains(first.Results<PruneUndoResult>(), result => result.Outcome == UndoOutcome.Failed);
        Assert.DoesNotContain(first.Results<PruneUndoResult>(), result => result.Outcome == UndoOutcome.Purged);
        Assert.Contains(second.Results<PruneUndoResult>(), result => result.Outcome == UndoOutcome.Activated);
    }
}
