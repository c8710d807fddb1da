using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RevisionTools.Pipelines;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pipelines;

public sealed class PipelineReportTests
{
    private static readonly MarkdownPipeline s_reader = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseMathematics().UseFootnotes().UseTaskLists().UseGenericAttributes().Build();

    private readonly PipelineReport _report = new();

    [Fact]
    public void An_outcome_says_what_it_knows_and_no_more()
    {
        _report.Add(new PipelineOutcome(PipelineDecision.Created) { RevisionName = "app--b", PreviousRevisionName = "" });

        Assert.Equal(["RevisionName=app--b", "PreviousRevisionName=", "Decision=Created"], Variables());
    }

    [Fact]
    public void The_gravest_of_several_decides_and_their_names_and_counts_come_together()
    {
        _report.Add(new PipelineOutcome(PipelineDecision.Changed) { RevisionName = "app--b", Counts = [("Count", 1), ("Other", 0)] });
        _report.Add(new PipelineOutcome(PipelineDecision.Unchanged) { RevisionName = "app--a", Counts = [("Count", 2)] });
        _report.Add(new PipelineOutcome(PipelineDecision.Unchanged) { RevisionName = "APP--a" });

        Assert.Equal(["RevisionName=app--a,app--b", "Decision=Changed", "Count=3", "Other=0"], Variables());
    }

    [Theory]
    [InlineData(FailureKind.RevisionWaitTimeout, "TimedOut")]
    [InlineData(FailureKind.RevisionFailed, "Failed")]
    [InlineData(FailureKind.AccessDenied, "Failed")]
    public void A_failure_decides_and_names_the_revision_that_it_is_about(FailureKind kind, string decision)
    {
        _report.Add(new PipelineOutcome(PipelineDecision.Created));
        _report.Add(new RevisionToolsException(kind, "Why."), Given.Shop(1).Revisions[0]);

        Assert.Equal([$"RevisionName={Given.NameOf(1)}", $"Decision={decision}"], Variables());
        Assert.Contains($"| web-shop (rg-shop) | {Given.NameOf(1)} |  | Why. | {decision} |", Summary().Split('\n'));
    }

    [Fact]
    public void One_that_has_a_summary_speaks_for_all()
    {
        _report.Add(new RevisionToolsException(FailureKind.RevisionFailed, "Why."), null);
        _report.Add(new PipelineOutcome(PipelineDecision.Incomplete) { Summary = "# Whole\n" });

        Assert.Equal(["Decision=Incomplete"], Variables());
        Assert.Equal("# Whole\n", Summary());
    }

    [Fact]
    public void Whatever_a_text_holds_the_summary_is_a_heading_a_line_and_a_table_of_plain_text() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20261120, 9).WithMaxTest(1500),
            Prop.ForAll(HostileText.Any, text =>
            {
                var report = new PipelineReport();
                report.Add(new PipelineOutcome(PipelineDecision.Changed) { App = text, RevisionName = text, Before = text, After = text });
                report.Add(new RevisionToolsException(FailureKind.RevisionFailed, text), null);
                var summary = report.Summary(text, text, Given.Now);
                return AgentLog.IsPlain(summary.Replace('\n', ' ')) && IsPlainTable(Markdown.Parse(summary, s_reader));
            }));

    [Fact]
    public void Whatever_a_text_holds_a_variable_is_a_word_that_a_script_can_hold() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20261120, 11).WithMaxTest(1500),
            Prop.ForAll(HostileText.Any, text =>
            {
                var report = new PipelineReport();
                report.Add(new PipelineOutcome(PipelineDecision.Changed) { RevisionName = text, PreviousRevisionName = $"{text}'; exit; '$(x)" });
                report.Add(new PipelineOutcome(PipelineDecision.Changed) { RevisionName = "app--a" });
                return report.Variables().All(variable => variable.Value.All(character => char.IsAsciiLetterOrDigit(character) || "-.,".Contains(character, StringComparison.Ordinal)));
            }));

    private static bool IsPlainTable(MarkdownDocument document) =>
        document is [HeadingBlock { Level: 1 }, ParagraphBlock, Table table]
        && table.Count == 3
        && table.Cast<TableRow>().All(row => row.Count == 5)
        && document.Descendants().OfType<Inline>().All(inline => inline is LiteralInline or ContainerInline and not (LinkInline or EmphasisInline) or HtmlEntityInline);

    private string Summary() => _report.Summary("Set-AcaTraffic", "Sandbox", Given.Now);

    private IEnumerable<string> Variables() => _report.Variables().Select(variable => $"{variable.Name}={variable.Value}");
}
