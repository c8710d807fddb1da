using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A live revision as a revision of a scenario.</summary>
internal sealed class ImportedRevision(ImportedResource revision, DateTimeOffset time)
{
    internal string Name => revision.Name;

    internal JsonObject Template => revision.Section("template") ?? [];

    internal DateTimeOffset Created => CreatedTime.Resolve(default);

    private ScenarioTime CreatedTime => revision.Time(revision.Properties, "createdTime") ??
        throw new ScenarioException(revision.Path + ".properties", "required and missing: 'createdTime'");

    private bool IsActive => JsonFields.Flag(revision.Properties["active"]) ??
        throw new ScenarioException(revision.Path + ".properties", "required and missing: 'active'");

    private string RunningState => revision.Text("runningState") ?? "";

    private bool HasFailed => revision.Text("provisioningState") == "Failed" || RunningState is "Failed" or "Degraded";

    /// <summary>What the host names of the environment end in; null where the host name is not of the usual form.</summary>
    internal string? Domain()
    {
        var start = Name + ".";
        if (revision.Text("fqdn") is not { } host || !host.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        const string Internal = "internal.";
        var domain = host[start.Length..];
        return domain.StartsWith(Internal, StringComparison.Ordinal) ? domain[Internal.Length..] : domain;
    }

    internal ScenarioRevision Describe()
    {
        var replicas = JsonFields.Number(revision.Properties["replicas"]);
        ScenarioRevision data = new()
        {
            Name = Name,
            CreatedTime = CreatedTime,
            Active = IsActive,
            LastActiveTime = revision.Time(revision.Properties, "lastActiveTime"),
            Replicas = IsActive ? replicas : null,
            Outcome = Outcome(),
            State = State(),
        };
        return IsActive && data.State is null && !IsUsual(replicas ?? 1) ? data with { RunningState = RunningState } : data;
    }

    /// <summary>Whether the sandbox shows the same of itself; an old api-version may show nothing (ARM-FACTS 4.2).</summary>
    private bool IsUsual(int replicas) => RunningState switch
    {
        "" or "Failed" => true,
        "Running" => replicas > 0 && replicas < MaxReplicas,
        "RunningAtMaxScale" => replicas >= MaxReplicas,
        "ScaledToZero" => replicas == 0,
        _ => HasFailed,
    };

    private int MaxReplicas => JsonFields.Number((Template["scale"] as JsonObject)?["maxReplicas"]) ?? 10;

    private StartOutcome Outcome()
    {
        var words = $"{revision.Text("provisioningError")} {revision.Text("runningStateDetails")}";
        return !HasFailed ? StartOutcome.Ready
            : words.Contains("crash", StringComparison.OrdinalIgnoreCase) ? StartOutcome.ContainerCrashes
            : StartOutcome.ImagePullFails;
    }

    /// <summary>Of a change in the middle Azure does not show when it ends; a likely time stands in.</summary>
    private ScenarioRevisionState? State() => (IsActive, RunningState) switch
    {
        (true, "Deprovisioning") => Changing(RevisionPhase.Deprovisioning, 40) with { WasReady = true },
        (true, "Processing") => Changing(RevisionPhase.Provisioning, 10) with { ReadyTime = ScenarioTime.At(time.AddSeconds(30)) },
        (true, "Activating") => Changing(RevisionPhase.Activating, 20) with { ReadyTime = ScenarioTime.At(time.AddSeconds(20)) },
        (false, _) when HasFailed => new ScenarioRevisionState
        {
            Phase = RevisionPhase.Inactive,
            Since = revision.Time(revision.Properties, "lastActiveTime") ?? CreatedTime,
            HasFailed = true,
        },
        _ => null,
    };

    private ScenarioRevisionState Changing(RevisionPhase phase, int seconds) => new()
    {
        Phase = phase,
        Since = ScenarioTime.At(time),
        Until = ScenarioTime.At(time.AddSeconds(seconds)),
    };
}
