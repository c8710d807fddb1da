using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a replica (ARM-FACTS 3.5).</summary>
internal static class ReplicaWriter
{
    internal static void Write(
        Utf8JsonWriter writer, SandboxApp app, SandboxRevision revision, SandboxReplica replica, ApiVersion version)
    {
        var failed = Waits(revision);
        writer.WriteStartObject();
        writer.WriteString("id", $"{app.RevisionId(revision)}/replicas/{replica.Name}");
        writer.WriteString("name", replica.Name);
        writer.WriteString("type", "Microsoft.App/containerapps/revisions/replicas");
        writer.WriteStartObject("properties");
        writer.WriteString("createdTime", WireDates.Replica(replica.CreatedTime));
        writer.WriteString("runningState", failed ? "NotRunning" : "Running");
        writer.WriteString("runningStateDetails", "");
        writer.WriteStartArray("containers");
        foreach (var container in revision.Template.Containers)
        {
            WriteContainer(writer, app, revision, replica, container, version);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("initContainers");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Whether its containers do not run; those of a degraded one do, but are not ready.</summary>
    private static bool Waits(SandboxRevision revision) =>
        revision.HasFailed && revision.Outcome is not StartOutcome.Degrades;

    private static void WriteContainer(
        Utf8JsonWriter writer, SandboxApp app, SandboxRevision revision, SandboxReplica replica, string name, ApiVersion version)
    {
        var failed = Waits(revision);
        var ready = !revision.HasFailed && revision.Phase is not (RevisionPhase.Provisioning or RevisionPhase.Activating);
        var crashes = failed && revision.Outcome is StartOutcome.ContainerCrashes;
        var reason = crashes ? "CrashLoopBackOff" : "ImagePullBackOff";
        var host = $"{app.Region}.azurecontainerapps.dev";
        var path = $"/subscriptions/{app.SubscriptionId}/resourceGroups/{app.Group}/containerApps/{app.Name}" +
            $"/revisions/{revision.Name}/replicas/{replica.Name}";
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("containerId", $"containerd://{replica.ContainerId}");
        writer.WriteBoolean("ready", ready);
        writer.WriteBoolean("started", !failed);
        writer.WriteNumber("restartCount", crashes ? 6 : 0);
        writer.WriteString("runningState", failed ? "Waiting" : "Running");
        writer.WriteString("runningStateDetails", failed
            ? $"Container is waiting with reason: {reason} on legion."
            : $"Container started at: {WireDates.Details(replica.CreatedTime.AddSeconds(4))}.");
        writer.WriteString("logStreamEndpoint", $"https://{host}{path}/containers/{name}/logstream");
        writer.WriteString("execEndpoint", $"wss://{host}{path}/containers/{name}/exec");
        if (version.HasPreviewFields)
        {
            writer.WriteString("debugEndpoint", $"wss://{host}{path}/debug?targetContainer={name}");
        }

        writer.WriteEndObject();
    }
}
