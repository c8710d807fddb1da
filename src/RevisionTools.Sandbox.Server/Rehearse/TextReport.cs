using System.Text;
using RevisionTools.Lifecycle;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary>A rehearsal for people.</summary>
internal static class TextReport
{
    public static string Write(RehearsalReport report)
    {
        var text = new StringBuilder();
        WriteFleet(text, report.Fleet);
        WritePlans(text, report);
        if (report.WasCarriedOut)
        {
            WriteRun(text, report);
        }

        WriteSummary(text, report);
        return text.ToString();
    }

    private static void WriteFleet(StringBuilder text, IReadOnlyList<AppSnapshot> fleet)
    {
        Line(text, $"The fleet: {fleet.Count} apps");
        Line(text, $"  {"App",-16}{"Group",-10}{"Mode",-10}{"Active",7}{"Inactive",10}  Traffic");
        foreach (var (app, revisions) in fleet.Select(snapshot => (snapshot.App, snapshot.Revisions)))
        {
            var active = revisions.Count(revision => revision.Active == true);
            var traffic = app.IngressEnabled ? string.Join(", ", app.Traffic.Select(entry => Short(entry.ToString(), app.Name))) : "no ingress";
            Line(text, $"  {app.Name,-16}{app.ResourceGroupName,-10}{app.RevisionMode,-10}{active,7}{revisions.Count - active,10}  {traffic}");
        }
    }

    private static void WritePlans(StringBuilder text, RehearsalReport report)
    {
        Line(text, "");
        Line(text, $"The plan: {report.Policy}");
        foreach (var plan in report.Plans)
        {
            Line(text, "");
            Line(text, $"  {plan.ContainerAppName}: keep {plan.Keep}, deactivate {plan.Deactivate}, blocked {plan.Blocked}, inactive {plan.Inactive}");
            foreach (var entry in plan.Entries)
            {
                Line(text, $"    {Short(entry.Name, plan.ContainerAppName),-10}{entry.Stage,-13}{entry.Decision,-12}{string.Join("; ", entry.Reasons)}");
            }
        }
    }

    private static void WriteRun(StringBuilder text, RehearsalReport report)
    {
        Line(text, "");
        Line(text, $"The run: {report.Writes} writes in {report.Requests} requests");
        foreach (var outcome in report.Results.GroupBy(result => result.Outcome).OrderBy(group => group.Key))
        {
            Line(text, $"  {outcome.Key,-16}{outcome.Count(),4}");
        }

        foreach (var words in report.Warnings.Concat(report.Failures.Select(failure => failure.Message)))
        {
            Line(text, $"  ! {words}");
        }

        Line(text, $"Read back: {report.Deactivated} of {report.Planned} are inactive; planned again, {report.Left} are left to deactivate.");
    }

    private static void WriteSummary(StringBuilder text, RehearsalReport report)
    {
        var blockedBy = report.BlockedBy.Select(item => $"{item.Key} {item.Value}");
        Line(text, "");
        Line(text, "Summary");
        Line(text, $"  kept by a rule     {report.Kept,4}");
        Line(text, report.WasCarriedOut ? $"  deactivated        {report.Deactivated,4}" : $"  to be deactivated  {report.Planned,4}");
        Line(text, $"  blocked            {report.Blocked,4}{(report.Blocked > 0 ? $"  by {string.Join(", ", blockedBy)}" : "")}");
        Line(text, $"  inactive before    {report.Inactive,4}");
    }

    private static string Short(string name, string app) => name.Replace($"{app}--", "", StringComparison.OrdinalIgnoreCase);

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
