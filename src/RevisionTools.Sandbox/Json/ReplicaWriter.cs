using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a replica (ARM-FACTS 3.5).</summary>
internal sealed class ReplicaWriter(Utf8JsonWriter writer, SandboxApp app, SandboxRevision revision, SandboxReplica replica, ArmCall call)
{
    private static readonly string[] s_systemContainers = ["System Envoy Container", "System Proxy Container"];

    private readonly string _host = $"{app.Region}.azurecontainerapps.dev";

    private readonly string _path = $"/subscriptions/{app.SubscriptionId}/resourceGroups/{app.Group}/containerApps/{app.Name}" +
        $"/revisions/{revision.Name}/replicas/{replica.Name}";

    /// <summary>
    /// A container waits while its image is pulled, and after a start that failed (recording 12, index 12 and 41); those of a
    /// degraded revision run, but are not ready.
    /// </summary>
    private bool IsWaiting => revision.HasFailed
        ? revision.Outcome is not StartOutcome.Degrades
        : revision.Phase is RevisionPhase.Provisioning && !replica.IsLeaving;

    private bool IsReady => replica.IsLeaving ||
        !(revision.HasFailed || revision.Phase is RevisionPhase.Provisioning or RevisionPhase.Activating);

    private bool HasCrashed => revision.HasFailed && revision.Outcome is StartOutcome.ContainerCrashes;

    private string LeavingDetails => string.Join(' ', s_systemContainers
        .Concat(revision.Template.Containers.Select(name => $"Container {name}"))
        .Select(container => $"{container} was terminated with reason: Terminated, exit code: 0."));

    // unconfirmed: a missing image is recorded of revisions; that its replica waits with that reason is inferred (ARM-FACTS 3.5, 4.2).
    private string WaitReason => HasCrashed ? "CrashLoopBackOff" : revision.HasFailed ? "ImagePullBackOff" : "PullingImage";

    internal void Write()
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"{app.RevisionId(revision)}/replicas/{replica.Name}");
        writer.WriteString("name", replica.Name);
        writer.WriteString("type", "Microsoft.App/containerapps/revisions/replicas");
        writer.WriteStartObject("properties");
        writer.WriteString("createdTime", WireDates.Replica(replica.CreatedTime));

        // One that is stopping is not running any more, while its containers still are (recording 03, index 34).
        writer.WriteString("runningState", IsWaiting || replica.IsLeaving ? "NotRunning" : "Running");
        writer.WriteString("runningStateDetails", replica.IsLeaving ? LeavingDetails : "");
        writer.WriteStartArray("containers");
        foreach (var container in revision.Template.Containers)
        {
            WriteContainer(container);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("initContainers");
        foreach (var container in revision.Template.InitContainers)
        {
            WriteInitContainer(container);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteContainer(string name)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        if (!IsWaiting)
        {
            WriteId(name);
        }

        writer.WriteBoolean("ready", IsReady);
        writer.WriteBoolean("started", !IsWaiting);
        writer.WriteNumber("restartCount", HasCrashed ? 6 : 0);
        writer.WriteString("runningState", IsWaiting ? "Waiting" : "Running");
        writer.WriteString("runningStateDetails", IsWaiting
            ? $"Container is waiting with reason: {WaitReason} on legion."
            : $"Container started at: {WireDates.Details(replica.CreatedTime.AddSeconds(4))}.");
        WriteEndpoints(name);
    }

    /// <summary>An init container is done once the others run (recording 12, index 14).</summary>
    private void WriteInitContainer(string name)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        WriteId(name);
        writer.WriteBoolean("ready", true);
        writer.WriteBoolean("started", false);
        writer.WriteNumber("restartCount", 0);
        writer.WriteString("runningState", "Terminated");
        writer.WriteString("runningStateDetails", "Container was terminated with reason: Completed, exit code: 0.");
        WriteEndpoints(name);
    }

    private void WriteId(string container) =>
        writer.WriteString("containerId", $"containerd://{replica.ContainerId(container, call.Tenant.Random)}");

    private void WriteEndpoints(string container)
    {
        writer.WriteString("logStreamEndpoint", $"https://{_host}{_path}/containers/{container}/logstream");
        writer.WriteString("execEndpoint", $"wss://{_host}{_path}/containers/{container}/exec");
        if (call.Version.HasPreviewFields)
        {
            writer.WriteString("debugEndpoint", $"wss://{_host}{_path}/debug?targetContainer={container}");
        }

        writer.WriteEndObject();
    }
}
