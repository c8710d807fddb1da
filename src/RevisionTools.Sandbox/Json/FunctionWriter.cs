using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a function: of the preview as recorded (recording 18), since 2026-07-01 with a name of its own and a state.</summary>
internal static class FunctionWriter
{
    /// <param name="writer">Where to.</param>
    /// <param name="app">The app.</param>
    /// <param name="revision">The revision that was asked for; null when the app was.</param>
    /// <param name="function">The function.</param>
    /// <param name="version">The api-version.</param>
    internal static void Write(
        Utf8JsonWriter writer, SandboxApp app, SandboxRevision? revision, SandboxFunction function, ApiVersion version)
    {
        var owner = revision is null ? app.ResourceId : app.RevisionId(revision);
        writer.WriteStartObject();
        writer.WriteString("id", $"{owner}/functions/{function.Name}");
        if (version.HasFunctionState)
        {
            // unconfirmed: no recording has this version; so the examples of its published clients have it.
            writer.WriteString("name", revision is null ? $"{app.Name}/{function.Name}" : $"{app.Name}/{revision.Name}/{function.Name}");
        }

        writer.WriteString("type", $"Microsoft.App/containerApps/{(revision is null ? "" : "revisions/")}functions");
        writer.WriteString("location", app.Region);
        writer.WriteStartObject("properties");
        writer.WriteString("name", function.Name);
        writer.WriteString("triggerType", function.TriggerType);
        writer.WriteString("invokeUrlTemplate", InvokeUrl(app, function));
        writer.WriteString("language", function.Language);
        writer.WriteBoolean("isDisabled", function.IsDisabled);
        if (version.HasFunctionState)
        {
            writer.WriteString("state", function.IsDisabled ? "Disabled" : "Enabled");
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The app's own host whatever the revision, the name in lower case (recording 18); triggers other than HTTP have one too.</summary>
    private static string InvokeUrl(SandboxApp app, SandboxFunction function) =>
        $"https://{app.Name}.{app.HostSuffix}/api/{function.Name.ToLowerInvariant()}";
}
