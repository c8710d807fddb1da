using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary>A rehearsal for machines: one JSON document.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(RehearsalReport report) => JsonSerializer.Serialize(
        new
        {
            report.Policy,
            Fleet = report.Fleet.Select(snapshot => new { snapshot.App, snapshot.Revisions }),
            report.Plans,
            report.Results,
            report.Warnings,
            Failures = report.Failures.Select(failure => new { failure.Kind, failure.Message, failure.ResourceId }),
            Summary = new
            {
                report.IsAsPlanned,
                report.Kept,
                report.Planned,
                report.Deactivated,
                report.Left,
                report.Blocked,
                report.BlockedBy,
                report.Inactive,
                report.Writes,
            },
        },
        s_options) + "\n";
}
