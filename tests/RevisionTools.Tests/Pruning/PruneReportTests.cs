using System.Text.Json.Nodes;
using System.Xml.Linq;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Reports;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Reports of prunes in each of their forms.</summary>
public sealed class PruneReportTests
{
    private const string Hostile = "a|b <script>alert(1)</script> ![x](http://evil.example) `c` ##vso[task.complete]\u001b[2J\nnext # line \uFFFE";

    [Fact]
    public void JUnit_has_a_suite_an_app_and_a_case_a_revision_with_what_became_of_it()
    {
        var xml = XDocument.Parse(Written.Report(Report(), PruneReportFormat.JUnit));

        var suite = xml.Root!.Elements("testsuite").First();
        Assert.Equal(["rg-shop/web-shop", "8", "2", "3", "1"], Attributes(suite, "name", "tests", "failures", "errors", "skipped"));
        Assert.Equal(["9", "2", "4", "1"], Attributes(xml.Root, "tests", "failures", "errors", "skipped"));
        Assert.Equal("Failed", Case(1).Element("failure")!.Attribute("type")!.Value);
        Assert.Equal("Drifted", Case(2).Element("failure")!.Attribute("type")!.Value);
        Assert.Equal("Unknown", Case(3).Element("error")!.Attribute("type")!.Value);
        Assert.Equal("NotAttempted", Case(4).Element("error")!.Attribute("type")!.Value);
        Assert.NotNull(Case(5).Element("skipped"));
        Assert.Equal("system-out", Assert.Single(Case(6).Elements()).Name.LocalName);
        Assert.Equal("PrunePlanDrifted", suite.Elements("testcase").Last().Element("error")!.Attribute("type")!.Value);

        XElement Case(int number) => suite.Elements("testcase").Single(element => element.Attribute("name")!.Value == Given.NameOf(number));
    }

    [Fact]
    public void A_revision_that_went_down_and_did_not_drain_is_an_error_in_each_form()
    {
        var report = Report(planOnly: false, record => record.Add(new RevisionToolsException(FailureKind.RevisionWaitTimeout, "had not drained"), Planned().Entries[5].Revision));

        var suite = XDocument.Parse(Written.Report(report, PruneReportFormat.JUnit)).Root!.Elements("testsuite").First();
        Assert.Equal(["8", "2", "4"], Attributes(suite, "tests", "failures", "errors"));
        var error = suite.Elements("testcase").Single(element => element.Attribute("name")!.Value == Given.NameOf(6)).Element("error")!;
        Assert.Equal(["RevisionWaitTimeout", "had not drained"], Attributes(error, "type", "message"));
        Assert.Contains("| Deactivated, RevisionWaitTimeout |", Written.Report(report, PruneReportFormat.Markdown), StringComparison.Ordinal);
        var json = JsonNode.Parse(Written.Report(report, PruneReportFormat.Json))!;
        Assert.Equal("RevisionWaitTimeout", (string?)json["apps"]![0]!["revisions"]![5]!["failure"]!["kind"]);
        Assert.Equal(1, (int?)json["totals"]!["failureRevisionWaitTimeout"]);
    }

    [Fact]
    public void An_app_that_has_no_plan_is_named_with_its_group()
    {
        var report = Report(planOnly: false, record => record.Add(
            new RevisionToolsException(FailureKind.PrunePlanDrifted, "moved") { ResourceId = new ContainerAppId("s", "rg-other", "web-shop").Path }, null));

        var other = XDocument.Parse(Written.Report(report, PruneReportFormat.JUnit)).Root!.Elements("testsuite").Last();

        Assert.Contains("rg-other/web-shop", other.Elements("testcase").Select(element => element.Attribute("name")!.Value));
    }

    [Fact]
    public void No_word_is_said_twice_and_a_plan_has_no_column_of_outcomes()
    {
        var blocked = Planned().Entries.Select(entry => entry with { Decision = PruneDecision.Blocked }).ToList();
        var record = new PruneRecord();
        record.Add([Planned() with { Entries = blocked }]);
        record.Add(PruneResult.Of(blocked[0].Revision, PruneOutcome.Blocked, "why"));

        Assert.DoesNotContain("Blocked, Blocked", Written.Report(record.Report("Sandbox", planOnly: false, Given.Now), PruneReportFormat.JUnit), StringComparison.Ordinal);
        Assert.Contains("| Revision | Stage | Decision | Why |", Written.Report(Report(planOnly: true), PruneReportFormat.Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_decisions_outcomes_and_totals()
    {
        var json = JsonNode.Parse(Written.Report(Report(), PruneReportFormat.Json))!;

        Assert.Equal("Sandbox", (string?)json["cloud"]);
        Assert.Equal(1, (int?)json["totals"]!["outcomeFailed"]);
        Assert.Equal(7, (int?)json["totals"]!["revisions"]);
        Assert.Equal("KeepLast 1", (string?)json["apps"]![0]!["policy"]);
        Assert.Equal("Deactivate", (string?)json["apps"]![0]!["revisions"]![0]!["decision"]);
        Assert.Equal("AccessDenied", (string?)json["failures"]![0]!["kind"]);
        Assert.Equal("PrunePlanDrifted", (string?)json["apps"]![0]!["failures"]![0]!["kind"]);
    }

    [Fact]
    public void Markdown_has_a_table_an_app_and_totals_at_the_end()
    {
        var lines = Written.Report(Report(), PruneReportFormat.Markdown).Split('\n');

        Assert.Contains("## web-shop (rg-shop)", lines);
        Assert.Contains("- Policy: KeepLast 1", lines);
        Assert.Contains(lines, line => line.StartsWith("| web-shop--0000001 | Ready | Deactivate | Failed | ", StringComparison.Ordinal));
        Assert.True(Array.IndexOf(lines, "## Totals") > Array.IndexOf(lines, "## web-shop (rg-shop)"));
        Assert.Contains("| became: Failed | 1 |", lines);
        Assert.Contains(lines, line => line.StartsWith("- **AccessDenied**: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PruneReportFormat.Markdown)]
    [InlineData(PruneReportFormat.Json)]
    [InlineData(PruneReportFormat.JUnit)]
    public void Text_of_others_commands_no_agent_and_no_terminal(PruneReportFormat format)
    {
        var text = Written.Report(Report(Hostile), format);

        Assert.DoesNotContain("##vso[", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', text);
        if (format == PruneReportFormat.JUnit)
        {
            XDocument.Parse(text);
        }
    }

    [Fact]
    public void Text_of_others_is_no_markup()
    {
        Assert.Equal(
            @"a\|b \<script\>alert(1)\</script\> \!\[x\](http:\/\/evil\.example) \`c\` \#\# vso\[task\.complete\]\[2J next \# line " + "\uFFFE",
            MarkdownText.Plain(Hostile).Replace(@"\#\# \[task", @"\#\# vso\[task", StringComparison.Ordinal));
        Assert.Equal(@"www\.evil\.example", MarkdownText.Plain("www.evil.example"));
        var rows = Written.Report(Report(Hostile), PruneReportFormat.Markdown).Split('\n').Where(line => line.StartsWith("| web-shop--0000001 ", StringComparison.Ordinal));
        Assert.Equal(6, Assert.Single(rows).Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|'));
    }

    [Theory]
    [InlineData("/x/report.md", PruneReportFormat.Markdown)]
    [InlineData("/x/report.JSON", PruneReportFormat.Json)]
    [InlineData("/x/TEST-prune.xml", PruneReportFormat.JUnit)]
    public void The_name_of_the_file_says_the_form(string path, PruneReportFormat format) => Assert.Equal(format, ReportWriter.FormatOf(path));

    [Theory]
    [InlineData("/x/report")]
    [InlineData("/x/report.txt")]
    public void A_name_that_does_not_say_it_is_refused(string path) =>
        Assert.Equal(FailureKind.InvalidPruneRequest, Assert.Throws<RevisionToolsException>(() => ReportWriter.FormatOf(path)).Kind);

    [Fact]
    public void A_file_is_replaced_only_where_that_is_allowed()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "plan.json");
            new OutputFile(path, MayReplace: false).Write("one");
            Assert.Equal(FailureKind.FileNotWritten, Assert.Throws<RevisionToolsException>(() => new OutputFile(path, MayReplace: false).Require()).Kind);
            Assert.Equal(FailureKind.FileNotWritten, Assert.Throws<RevisionToolsException>(() => new OutputFile(path, MayReplace: false).Write("two")).Kind);
            Assert.Equal("one", File.ReadAllText(path));

            new OutputFile(path, MayReplace: true).Write("three");
            Assert.Equal("three", File.ReadAllText(path));
            Assert.Equal(FailureKind.FileNotWritten, Assert.Throws<RevisionToolsException>(() => new OutputFile(folder.FullName, MayReplace: true).Require()).Kind);
            Assert.Equal(
                FailureKind.FileNotWritten, Assert.Throws<RevisionToolsException>(() => new OutputFile(Path.Combine(folder.FullName, "no", "x"), MayReplace: true).Require()).Kind);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Attributes(XElement element, params string[] names) => [.. names.Select(name => element.Attribute(name)!.Value)];

    private static PrunePlan Planned() =>
        PrunePlanner.Plan(new PruneWorld(Given.Shop(7)), new PruneRequest(new RetentionPolicy { KeepLast = 1 }, InterlockLifts.None), Given.Now);

    private static PruneReport Report(string message = "as it is") => Report(planOnly: false, null, message);

    private static PruneReport Report(bool planOnly, Action<PruneRecord>? more = null, string message = "as it is")
    {
        var plan = Planned();
        var record = new PruneRecord();
        PruneOutcome[] outcomes =
            [PruneOutcome.Failed, PruneOutcome.Drifted, PruneOutcome.Unknown, PruneOutcome.NotAttempted, PruneOutcome.Blocked, PruneOutcome.Deactivated];
        record.Add([plan]);
        foreach (var (entry, outcome) in plan.Entries.Zip(outcomes))
        {
            record.Add(PruneResult.Of(entry.Revision, outcome, message));
        }

        record.Add(new RevisionToolsException(FailureKind.RequestRefused, message), plan.Entries[0].Revision);
        record.Add(new RevisionToolsException(FailureKind.PrunePlanDrifted, message) { ResourceId = plan.ResourceId }, null);
        record.Add(new RevisionToolsException(FailureKind.AccessDenied, message), null);
        more?.Invoke(record);
        return record.Report("Sandbox", planOnly, Given.Now);
    }
}
