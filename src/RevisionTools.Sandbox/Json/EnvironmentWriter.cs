using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a managed environment: what a client of apps reads of it. Unset fields are explicit nulls.</summary>
internal static class EnvironmentWriter
{
    private static readonly string[] s_unset =
    [
        "vnetConfiguration", "daprAIInstrumentationKey", "daprAIConnectionString", "appLogsConfiguration", "infrastructureResourceGroup",
    ];

    internal static void Write(Utf8JsonWriter writer, ManagedEnvironment environment, SandboxRandom random)
    {
        writer.WriteStartObject();
        writer.WriteString("id", environment.Id);
        writer.WriteString("name", environment.Name);
        writer.WriteString("type", "Microsoft.App/managedEnvironments");
        writer.WriteString("location", environment.Location);
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", "Succeeded");
        writer.WriteString("defaultDomain", SandboxEnvironment.Domain(random, environment.Location));
        writer.WriteString("staticIp", "20.0.0.3");
        writer.WriteBoolean("zoneRedundant", false);
        foreach (var name in s_unset)
        {
            writer.WriteNull(name);
        }

        WriteProfiles(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteProfiles(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("workloadProfiles");
        writer.WriteStartObject();
        writer.WriteString("name", "Consumption");
        writer.WriteString("workloadProfileType", "Consumption");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
