using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Writes an app; unset fields are explicit nulls (ARM-FACTS 3.1).</summary>
internal static class AppWriter
{
    private const string Operator = "admin@contoso.example";

    /// <summary>The app as GET answers it.</summary>
    internal static void Write(Utf8JsonWriter writer, SandboxApp app, DateTimeOffset now, ApiVersion version)
    {
        WriteHead(writer, app, WireDates.System(app.CreatedAt), WireDates.System(app.LastModifiedAt));
        WriteProperties(writer, app, now, version);
        WriteTail(writer, app);
    }

    /// <summary>The properties alone, whole, as Resource Graph has them (ARM-FACTS 9).</summary>
    internal static void WriteProperties(Utf8JsonWriter writer, SandboxApp app, DateTimeOffset now, ApiVersion version)
    {
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", app.ProvisioningState(now));
        writer.WriteString("runningStatus", app.RunningStatus(now));
        WriteHome(writer, app, version);

        // The name is not there before the first revision is (ARM-FACTS 3.1).
        if (app.LatestRevisionName is not null)
        {
            writer.WriteString("latestRevisionName", app.LatestRevisionName);
            writer.WriteString("latestReadyRevisionName", app.LatestReadyRevisionName);
            writer.WriteString("latestRevisionFqdn", app.Ingress is null ? "" : app.RevisionFqdn(app.LatestRevisionName));
        }

        WriteConfiguration(writer, app.Configuration, version);
        writer.WritePropertyName("template");
        TemplateWriter.WriteApp(writer, app.Template, version);
        writer.WriteString(
            "eventStreamEndpoint",
            $"https://{app.Region}.azurecontainerapps.dev/subscriptions/{app.SubscriptionId}/resourceGroups/{app.Group}/containerApps/{app.Name}/eventstream");
        WritePropertiesEnd(writer);
    }

    /// <summary>The app as PUT answers it: what was sent, in progress, nothing yet of what comes of it (ARM-FACTS 3.2).</summary>
    internal static void WriteAccepted(
        Utf8JsonWriter writer, SandboxApp app, JsonObject configuration, JsonObject template, bool isNew, ApiVersion version)
    {
        // Times set by this very request end in Z here, and nowhere else (recording 10, index 5 and 14).
        WriteHead(writer, app, WireDates.System(app.CreatedAt) + (isNew ? "Z" : ""), WireDates.System(app.LastModifiedAt) + "Z");
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", "InProgress");
        WriteHome(writer, app, version);
        WriteConfiguration(writer, configuration, version);
        writer.WritePropertyName("template");
        TemplateWriter.WriteAccepted(writer, template, version);
        WritePropertiesEnd(writer);
        WriteTail(writer, app);
    }

    private static void WriteHead(Utf8JsonWriter writer, SandboxApp app, string createdAt, string lastModifiedAt)
    {
        writer.WriteStartObject();
        writer.WriteString("id", app.Id);
        writer.WriteString("name", app.Name);
        writer.WriteString("type", "Microsoft.App/containerApps");
        writer.WriteString("location", app.Location);
        if (app.Tags is { Count: > 0 } tags)
        {
            JsonFields.WriteField(writer, "tags", tags);
        }

        writer.WriteStartObject("systemData");
        writer.WriteString("createdBy", Operator);
        writer.WriteString("createdByType", "User");
        writer.WriteString("createdAt", createdAt);
        writer.WriteString("lastModifiedBy", Operator);
        writer.WriteString("lastModifiedByType", "User");
        writer.WriteString("lastModifiedAt", lastModifiedAt);
        writer.WriteEndObject();
    }

    private static void WriteHome(Utf8JsonWriter writer, SandboxApp app, ApiVersion version)
    {
        writer.WriteString("managedEnvironmentId", app.EnvironmentId);
        writer.WriteString("environmentId", app.EnvironmentId);
        writer.WriteString("workloadProfileName", app.WorkloadProfileName);
        if (version.HasPreviewFields)
        {
            writer.WriteString("patchingMode", "Automatic");
        }

        writer.WriteStartArray("outboundIpAddresses");
        writer.WriteStringValue("20.0.0.1");
        writer.WriteStringValue("20.0.0.2");
        writer.WriteEndArray();
    }

    private static void WriteConfiguration(Utf8JsonWriter writer, JsonObject configuration, ApiVersion version)
    {
        writer.WriteString("customDomainVerificationId", new string('0', 64));
        writer.WritePropertyName("configuration");
        ConfigurationWriter.Write(writer, configuration, version);
    }

    private static void WritePropertiesEnd(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("delegatedIdentities");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTail(Utf8JsonWriter writer, SandboxApp app)
    {
        JsonFields.WriteField(writer, "identity", app.Identity);
        if (app.Kind is not null)
        {
            writer.WriteString("kind", app.Kind);
        }

        writer.WriteEndObject();
    }
}
