using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a managed environment: what a client of apps reads of it. Unset fields are explicit nulls.</summary>
internal static class EnvironmentWriter
{
    private static readonly string[] s_unset =
    [
        "vnetConfiguration", "daprAIInstrumentationKey", "daprAIConnectionString", "appLogsConfiguration", "infrastructureResourceGroup",
    ];

    internal static void Write(Utf8JsonWriter writer, ManagedEnvironment environment, SandboxTenant tenant)
    {
        writer.WriteStartObject();
        writer.WriteString("id", environment.Id);
        writer.WriteString("name", environment.Name);
        writer.WriteString("type", "Microsoft.App/managedEnvironments");
        writer.WriteString("location", environment.Location);
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", "Succeeded");
        writer.WriteString("defaultDomain", SandboxEnvironment.Domain(tenant.Random, environment.Location));
        writer.WriteString("staticIp", "20.0.0.3");
        writer.WriteBoolean("zoneRedundant", false);
        foreach (var name in s_unset)
        {
            writer.WriteNull(name);
        }

        WriteProfiles(writer, ProfilesOf(environment, tenant));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteProfiles(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> profiles)
    {
        writer.WriteStartArray("workloadProfiles");
        foreach (var (name, type) in profiles)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("workloadProfileType", type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Consumption, and what the apps of the environment run on.</summary>
    // unconfirmed: the real one has the profiles that somebody gave it, whether an app runs on them or not.
    private static SortedDictionary<string, string> ProfilesOf(ManagedEnvironment environment, SandboxTenant tenant)
    {
        SortedDictionary<string, string> profiles = new(StringComparer.OrdinalIgnoreCase) { ["Consumption"] = "Consumption" };
        foreach (var app in tenant.Apps.Where(app => app.EnvironmentId.Equals(environment.Id, StringComparison.OrdinalIgnoreCase)))
        {
            profiles.TryAdd(app.WorkloadProfileName, app.WorkloadProfileType ?? app.WorkloadProfileName);
        }

        return profiles;
    }
}
