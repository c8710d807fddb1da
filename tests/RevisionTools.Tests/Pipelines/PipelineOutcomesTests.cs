using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Pruning.Reports;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pipelines;

public sealed class PipelineOutcomesTests
{
    private static readonly ReportedRevision s_kept = Revision(PruneDecision.Keep, null);
    private static readonly ReportedFailure s_failure = new() { Kind = FailureKind.AccessDenied, Message = "No." };

    [Theory]
    [InlineData(nameof(PipelineDecision.Pruned), PruneOutcome.Deactivated)]
    [InlineData(nameof(PipelineDecision.Pruned), PruneOutcome.Deactivated, PruneOutcome.Blocked, PruneOutcome.Drifted, PruneOutcome.AlreadyInactive)]
    [InlineData(nameof(PipelineDecision.NothingToDo))]
    [InlineData(nameof(PipelineDecision.NothingToDo), PruneOutcome.Blocked, PruneOutcome.AlreadyInactive)]
    [InlineData(nameof(PipelineDecision.Incomplete), PruneOutcome.Deactivated, PruneOutcome.Failed)]
    [InlineData(nameof(PipelineDecision.Incomplete), PruneOutcome.Deactivated, PruneOutcome.Unknown)]
    [InlineData(nameof(PipelineDecision.Incomplete), PruneOutcome.Deactivated, PruneOutcome.NotAttempted)]
    public void A_prune_is_what_became_of_its_revisions(string decision, params PruneOutcome[] outcomes) =>
        Assert.Equal(decision, Decide(Report([s_kept, .. outcomes.Select(outcome => Revision(PruneDecision.Deactivate, outcome))])));

    [Fact]
    public void A_prune_is_incomplete_where_it_was_cut_off_or_anything_failed()
    {
        var pruned = Revision(PruneDecision.Deactivate, PruneOutcome.Deactivated);
        var report = Report([pruned]);

        Assert.Equal("Incomplete", Decide(report, isComplete: false));
        Assert.Equal("Incomplete", Decide(report with { Failures = [s_failure] }));
        Assert.Equal("Incomplete", Decide(report with { Apps = [report.Apps[0] with { Failures = [s_failure] }] }));
        Assert.Equal("Incomplete", Decide(Report([pruned with { Failure = s_failure }])));
        Assert.Equal("PlanOnly", Decide(report with { PlanOnly = true }, isComplete: false));
    }

    [Fact]
    public void A_limit_that_was_lowered_is_a_prune_as_well()
    {
        var report = Report([s_kept]);
        ReportedRetention step = new() { Before = 100, After = 10, Done = true, MayBePurged = [], Message = "" };

        Assert.Equal("Pruned", Decide(report with { Apps = [report.Apps[0] with { Retention = step }] }));
        Assert.Equal("NothingToDo", Decide(report with { Apps = [report.Apps[0] with { Retention = step with { Done = false } }] }));
    }

    [Theory]
    [InlineData(StateChangeOutcome.Done, "Changed")]
    [InlineData(StateChangeOutcome.AlreadyThere, "Unchanged")]
    [InlineData(StateChangeOutcome.NotAttempted, "Failed")]
    [InlineData(StateChangeOutcome.Protected, null)]
    [InlineData(StateChangeOutcome.Failed, null)]
    [InlineData(StateChangeOutcome.Unknown, null)]
    internal void What_is_told_as_a_failure_is_no_outcome_beside_it(StateChangeOutcome outcome, string? decision) =>
        Assert.Equal(decision, PipelineOutcomes.Of(Given.Shop(1).Revisions[0], new StateChange(outcome, null, [], null))?.Decision.ToString());

    [Theory]
    [InlineData(UndoOutcome.Activated, "Restored", 1, 0)]
    [InlineData(UndoOutcome.LimitRaised, "Restored", 1, 0)]
    [InlineData(UndoOutcome.AlreadyActive, "NothingToDo", 0, 0)]
    [InlineData(UndoOutcome.LimitLeft, "NothingToDo", 0, 0)]
    [InlineData(UndoOutcome.Purged, "Incomplete", 0, 1)]
    [InlineData(UndoOutcome.Replaced, "Incomplete", 0, 1)]
    [InlineData(UndoOutcome.Blocked, "Incomplete", 0, 1)]
    [InlineData(UndoOutcome.Failed, "Incomplete", 0, 1)]
    [InlineData(UndoOutcome.Unknown, "Incomplete", 0, 1)]
    [InlineData(UndoOutcome.NotAttempted, "Incomplete", 0, 1)]
    public void A_result_of_an_undo_counts_as_restored_or_not(UndoOutcome outcome, string decision, int restored, int notRestored)
    {
        var told = PipelineOutcomes.Of(new PruneUndoResult
        {
            ContainerAppName = "web-shop",
            ResourceGroupName = "rg-shop",
            SubscriptionId = "s",
            ResourceId = "id",
            Outcome = outcome,
            PrunedTime = Given.Now,
        });

        Assert.Equal(decision, told.Decision.ToString());
        Assert.Equal([("RestoredCount", restored), ("NotRestoredCount", notRestored)], told.Counts);
    }

    [Fact]
    public void The_documentation_knows_every_decision_and_every_count()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "azure-devops.md"));

        Assert.All(Enum.GetNames<PipelineDecision>(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        Assert.All(PipelineOutcomes.Of(Report([]), isComplete: true).Counts, count => Assert.Contains($"`{count.Name}`", page, StringComparison.Ordinal));
    }

    private static string Decide(PruneReport report, bool isComplete = true) => PipelineOutcomes.Of(report, isComplete).Decision.ToString();

    private static ReportedRevision Revision(PruneDecision decision, PruneOutcome? outcome) => new()
    {
        Name = "web-shop--1",
        Stage = RevisionStage.Ready,
        Decision = decision,
        Outcome = outcome,
        Reasons = [],
        PurgeExpected = false,
    };

    private static PruneReport Report(IReadOnlyList<ReportedRevision> revisions) => new()
    {
        CreatedTime = Given.Now,
        Cloud = "Sandbox",
        PlanOnly = false,
        Totals = new Dictionary<string, int>(),
        Failures = [],
        Apps =
        [
            new ReportedApp
            {
                ContainerAppName = "web-shop",
                ResourceGroupName = "rg-shop",
                SubscriptionId = "s",
                ResourceId = "id",
                Policy = "KeepLast 1",
                PlannedTime = Given.Now,
                Fingerprint = "",
                Summary = "",
                RetentionDebt = 0,
                Revisions = revisions,
                Failures = [],
            },
        ],
    };
}
