namespace RevisionTools.Sandbox;

/// <summary>A revision: an immutable template and where it stands in its life.</summary>
internal sealed class SandboxRevision
{
    internal required string Name { get; init; }

    internal required DateTimeOffset CreatedTime { get; init; }

    internal required RevisionTemplate Template { get; init; }

    internal StartOutcome Outcome { get; init; }

    /// <summary>The functions of a function app's revision.</summary>
    internal IReadOnlyList<SandboxFunction> Functions { get; init; } = [];

    /// <summary>A running state to report instead of the one that fits the phase Running: Azure adds words without notice.</summary>
    internal string? ReportedRunningState { get; init; }

    /// <summary>The registries that it was made to pull from with credentials of the app; it cannot start without them (ARM-FACTS 6).</summary>
    internal IReadOnlyList<string> Registries { get; init; } = [];

    /// <summary>The label that it gets in Labels mode once it is ready (ARM-FACTS 4.7).</summary>
    internal string? TargetLabel { get; init; }

    internal RevisionPhase Phase { get; private set; }

    internal DateTimeOffset PhaseStarted { get; private set; }

    /// <summary>When the phase goes over into the next; null when it stays.</summary>
    internal DateTimeOffset? PhaseEnds { get; private set; }

    /// <summary>When it will be ready, while it is provisioning or activating.</summary>
    internal DateTimeOffset ReadyTime { get; set; }

    internal DateTimeOffset? LastActiveTime { get; set; }

    internal int Replicas { get; set; }

    /// <summary>Requests a second that reach it.</summary>
    internal double RequestRate { get; private set; }

    /// <summary>The share of requests that really reaches it, in per cent; -1 until it is first looked at.</summary>
    internal int ServedWeight { get; set; } = -1;

    /// <summary>Whether the model moves its replicas. Those that it was given at first stay until something happens to it.</summary>
    internal bool FollowsLoad { get; set; }

    /// <summary>Whether a queue or a timer that there is has a say in its replicas, and how many they ask for.</summary>
    internal int? EventReplicas { get; set; }

    /// <summary>When it will have fewer replicas, unless need comes back before; null for no such plan.</summary>
    internal DateTimeOffset? ScaleDue { get; set; }

    /// <summary>Replicas and requests over time; null as long as they never changed.</summary>
    internal RevisionHistory? History { get; private set; }

    /// <summary>When the present replicas were started, and how many sets of them there were before.</summary>
    internal DateTimeOffset ReplicasStarted { get; set; }

    internal int ReplicaGeneration { get; set; }

    /// <summary>The replicas that serve, or will.</summary>
    internal ReplicaSet ReplicaSet => new(ReplicaGeneration, Replicas, ReplicasStarted);

    /// <summary>Replicas that a restart has replaced.</summary>
    internal ReplicaSet Leaving { get; set; }

    /// <summary>How often it was told to start or stop; keeps the draws of later times apart from earlier ones.</summary>
    internal int Commands { get; set; }

    /// <summary>Whether the service has called it ready since it was made (ARM-FACTS 4.3).</summary>
    internal bool WasReady { get; set; }

    /// <summary>Whether its last start failed; it stays so when it is taken down, until the next start.</summary>
    // unconfirmed: no recording follows a failed revision that is deactivated (ARM-FACTS 4.2, 4.5).
    internal bool HasFailed { get; private set; }

    /// <summary>Whether its last start is not over; it stays so when it is taken down before (recording 03, index 38).</summary>
    // unconfirmed: recorded is the way down, not what it shows once it is down.
    internal bool IsStarting { get; private set; }

    internal bool IsActive => Phase is not RevisionPhase.Inactive;

    /// <summary>Active and not on its way out.</summary>
    internal bool IsUp => Phase is not (RevisionPhase.Inactive or RevisionPhase.Deprovisioning);

    /// <summary>A copy that later changes do not touch.</summary>
    internal SandboxRevision Copy()
    {
        var copy = (SandboxRevision)MemberwiseClone();
        copy.History = History?.Copy();
        return copy;
    }

    internal void Enter(RevisionPhase phase, DateTimeOffset at, DateTimeOffset? until = null)
    {
        Phase = phase;
        HasFailed = phase is RevisionPhase.Failed || (HasFailed && !IsUp);
        IsStarting = phase is RevisionPhase.Provisioning or RevisionPhase.Activating || (IsStarting && !IsUp);
        PhaseStarted = at;
        PhaseEnds = until;
    }

    /// <summary>Sets replicas and rate of requests, and remembers it for the metrics.</summary>
    internal void Scale(int replicas, double requestRate, DateTimeOffset at)
    {
        if (replicas == Replicas && requestRate.Equals(RequestRate))
        {
            return;
        }

        History ??= new RevisionHistory(CreatedTime, Replicas, RequestRate);
        (Replicas, RequestRate) = (replicas, requestRate);
        History.Add(at, replicas, requestRate);
    }
}
