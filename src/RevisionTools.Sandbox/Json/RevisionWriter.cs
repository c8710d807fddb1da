using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a revision; what is not set is left out (ARM-FACTS 3.1).</summary>
internal static class RevisionWriter
{
    internal static void Write(Utf8JsonWriter writer, SandboxApp app, SandboxRevision revision, ApiVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("id", app.RevisionId(revision));
        writer.WriteString("name", revision.Name);
        writer.WriteString("type", "Microsoft.App/containerapps/revisions");
        writer.WriteStartObject("properties");
        writer.WriteString("createdTime", WireDates.Revision(revision.CreatedTime));
        if (!revision.IsActive && revision.LastActiveTime is { } lastActive)
        {
            writer.WriteString("lastActiveTime", WireDates.Revision(lastActive));
        }

        writer.WriteString("fqdn", app.RevisionFqdn(revision.Name));
        writer.WritePropertyName("template");
        TemplateWriter.WriteRevision(writer, revision.Template, version);
        writer.WriteBoolean("active", revision.IsActive);
        writer.WriteNumber("replicas", revision.Replicas);
        writer.WriteNumber("trafficWeight", TrafficTable.WeightOf(app, revision));
        WriteIfSet(writer, "provisioningError", RevisionStates.ProvisioningError(revision));
        writer.WriteString("healthState", RevisionStates.HealthState(revision));
        writer.WriteString("provisioningState", RevisionStates.ProvisioningState(revision));
        writer.WriteString("runningState", RevisionStates.RunningState(revision));
        WriteIfSet(writer, "runningStateDetails", RevisionStates.RunningStateDetails(revision));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
