using System.Globalization;
using System.Text;

namespace RevisionTools.Pruning.Reports;

/// <summary>A report as tables for people. What comes from Azure is text there, whatever it looks like.</summary>
internal static class MarkdownReport
{
    public static void Write(Stream stream, PruneReport report)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Write(writer, report);
    }

    public static string Text(PruneReport report)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(writer, report);
        return writer.ToString();
    }

    private static void Write(TextWriter writer, PruneReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {(report.PlanOnly ? "Plan of a prune" : "Prune")}, {report.CreatedTime.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Cloud: {MarkdownText.Plain(report.Cloud)}\n");
        foreach (var app in report.Apps)
        {
            Write(app, report.PlanOnly, text);
            writer.Write(text);
            text.Clear();
        }

        WriteFailures(report.Failures, "## Failures\n\n", text);
        text.Append("\n## Totals\n\n| What | Count |\n| --- | ---: |\n");
        foreach (var (name, count) in report.Totals)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Words(name)} | {count} |\n");
        }

        writer.Write(text);
    }

    private static void Write(ReportedApp app, bool planOnly, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {MarkdownText.Plain(app.ContainerAppName)} ({MarkdownText.Plain(app.ResourceGroupName)})\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Policy: {MarkdownText.Plain(app.Policy)}\n- Planned: {app.PlannedTime.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {MarkdownText.Plain(app.Summary)}\n");
        if (app.Retention is { } step)
        {
            var done = step.Done ? "set" : "not set";
            text.Append(CultureInfo.InvariantCulture, $"- Limit of inactive revisions: {step.Before} to {step.After}, {done}; {MarkdownText.Plain(step.Message)}\n");
        }

        if (app.RetentionDebt > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"- Beyond the present limit, and not purged yet: {app.RetentionDebt}\n");
        }

        text.Append(planOnly
            ? "\n| Revision | Stage | Decision | Why |\n| --- | --- | --- | --- |\n"
            : "\n| Revision | Stage | Decision | Outcome | Why |\n| --- | --- | --- | --- | --- |\n");
        foreach (var revision in app.Revisions)
        {
            var why = string.Join("; ", revision.Message is { Length: > 0 } message && !revision.Reasons.Contains(message) ? revision.Reasons.Append(message) : revision.Reasons);
            var outcome = planOnly ? "" : $" {revision.Outcome}{(revision.Failure is { } failure ? $", {failure.Kind}" : "")} |";
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.Plain(revision.Name)} | {revision.Stage} | {revision.Decision} |{outcome} {MarkdownText.Plain(why)} |\n");
        }

        WriteFailures(app.Failures, "", text);
    }

    private static void WriteFailures(IReadOnlyList<ReportedFailure> failures, string heading, StringBuilder text)
    {
        if (failures.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(heading);
        foreach (var failure in failures)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{failure.Kind}**: {MarkdownText.Plain(failure.Message)}\n");
        }
    }

    private static string Words(string name) =>
        name.StartsWith("decision", StringComparison.Ordinal) ? $"planned: {name["decision".Length..]}"
        : name.StartsWith("failure", StringComparison.Ordinal) ? $"went down, then: {name["failure".Length..]}"
        : name.StartsWith("outcome", StringComparison.Ordinal) ? $"became: {name["outcome".Length..]}"
        : name;
}
