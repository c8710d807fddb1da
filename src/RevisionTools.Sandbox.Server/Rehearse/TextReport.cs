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
        Line(text, $"The fleet: {fleet.Count} {(fleet.Count == 1 ? "app" : "apps")}");
        Line(text, $"  {"App",-16}{"Group",-10}{"Mode",-10}{"Active",7}{"Inactive",10}  Traffic");
        foreach (var (app, revisions) in fleet.Select(snapshot => (snapshot.App, snapshot.Revisions)))
        {
            var active = revisions.Count(revision => revision.Active == true);
            var traffic = app.IngressEnabled ? string.Join(", ", app.Traffic.Select(entry => entry.ToString().Replace($"{app.Name}--", "", StringComparison.OrdinalIgnoreCase))) : "no ingress";
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
            Line(text, $"  {plan.ContainerAppName}: keep {plan.KeepCount}, deactivate {plan.DeactivateCount}, blocked {plan.BlockedCount}, inactive {plan.InactiveCount}");
            for (var index = 0; index < plan.Entries.Count;)
            {
                index += WriteEntries(text, plan, index);
            }
        }
    }

    /// <summary>Writes an entry, together with those after it that say just the same: an app may have a hundred inactive revisions.</summary>
    private static int WriteEntries(StringBuilder text, PrunePlan plan, int first)
    {
        var entry = plan.Entries[first];
        var alike = plan.Entries.Skip(first).TakeWhile(other =>
            other.Stage == entry.Stage && other.Decision == entry.Decision && other.Reasons.SequenceEqual(entry.Reasons)).Count();
        var last = alike == 1 ? "" : $"..{RevisionNames.Suffix(plan.ContainerAppName, plan.Entries[first + alike - 1].Name)} ({alike})";
        var names = RevisionNames.Suffix(plan.ContainerAppName, entry.Name) + last;
        Line(text, $"    {names,-24}{entry.Stage,-13}{entry.Decision,-12}{string.Join("; ", entry.Reasons)}");
        return alike;
    }

    private static void WriteRun(StringBuilder text, RehearsalReport report)
    {
        Line(text, "");
        Line(text, $"The run: {report.Writes} writes");
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

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
