using System.Text;
using RevisionTools.Pruning.Reports;
using RevisionTools.Pruning.Saved;

namespace RevisionTools.Tests.Support;

/// <summary>What would stand in files, as text.</summary>
internal static class Written
{
    public static string Plans(params IEnumerable<PrunePlan> plans) => Text(stream => PlanFile.Write(stream, plans));

    public static string Report(PruneReport report, PruneReportFormat format) => Text(stream => ReportWriter.Write(stream, report, format));

    public static IReadOnlyList<PrunePlan> Read(string text) => PlanFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "The text");

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
