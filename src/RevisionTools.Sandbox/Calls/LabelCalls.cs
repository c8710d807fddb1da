using System.Net;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>The label history of an app (ARM-FACTS 2).</summary>
internal static class LabelCalls
{
    internal static ArmAnswer List(ArmCall call)
    {
        var app = Parent(call);
        return ArmPage.Of(call, [.. app.LabelHistory.Labels], (writer, label) => Write(writer, call, app, label));
    }

    internal static ArmAnswer Get(ArmCall call)
    {
        var app = Parent(call);
        var label = app.LabelHistory.Labels
            .FirstOrDefault(label => label.Equals(call["label"], StringComparison.OrdinalIgnoreCase))
            ?? throw ArmErrors.LabelHistoryNotFound(app.Name, call["label"]);
        return ArmAnswer.Ok(writer => Write(writer, call, app, label));
    }

    /// <summary>200 when there was a history, 204 when not; the label itself stays where it is.</summary>
    internal static ArmAnswer Delete(ArmCall call) =>
        ArmAnswer.Empty(Parent(call).LabelHistory.Forget(call["label"]) ? HttpStatusCode.OK : HttpStatusCode.NoContent);

    private static SandboxApp Parent(ArmCall call) => call.ParentApp($"containerApps/{call.Version.LabelHistory}");

    private static void Write(Utf8JsonWriter writer, ArmCall call, SandboxApp app, string label)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"{app.ResourceId}/{call.Version.LabelHistory}/{label}");
        writer.WriteString("name", label);
        writer.WriteString("type", $"Microsoft.App/containerApps/{call.Version.LabelHistory}");
        writer.WriteStartObject("properties");
        writer.WriteStartArray("records");
        foreach (var record in app.LabelHistory.Of(label))
        {
            writer.WriteStartObject();
            writer.WriteString("revision", record.Revision);
            writer.WriteString("start", WireDates.Revision(record.Start));
            if (record.Stop is { } stop)
            {
                writer.WriteString("stop", WireDates.Revision(stop));
            }

            writer.WriteString("status", record.Status(app));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
