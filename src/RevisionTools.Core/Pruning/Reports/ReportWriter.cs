using System.Text.Encodings.Web;
using System.Text.Json;

namespace RevisionTools.Pruning.Reports;

/// <summary>Writes reports in each of their forms.</summary>
internal static class ReportWriter
{
    private static readonly ReportJsonContext s_readable = new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The form that a file's name asks for.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPruneRequest"/>, where its extension does not tell.</exception>
    public static PruneReportFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".MD" => PruneReportFormat.Markdown,
        ".JSON" => PruneReportFormat.Json,
        ".XML" => PruneReportFormat.JUnit,
        _ => throw new RevisionToolsException(
            FailureKind.InvalidPruneRequest, $"The report '{path}' ends in none of .md, .json and .xml. Give -Format Markdown, Json or JUnit with it."),
    };

    /// <summary>Writes a report as UTF-8. The stream stays open.</summary>
    public static void Write(Stream stream, PruneReport report, PruneReportFormat format)
    {
        switch (format)
        {
            case PruneReportFormat.Markdown:
                MarkdownReport.Write(stream, report);
                break;
            case PruneReportFormat.Json:
                JsonSerializer.Serialize(stream, report, s_readable.PruneReport);
                break;
            case PruneReportFormat.JUnit:
                JUnitReport.Write(stream, report);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }

        if (format != PruneReportFormat.Markdown)
        {
            stream.Write("\n"u8);
        }
    }
}
