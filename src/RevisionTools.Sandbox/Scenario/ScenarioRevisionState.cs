namespace RevisionTools.Sandbox;

/// <summary>Exactly where a revision is in its life; for one in the middle of a change, or for an exact copy.</summary>
public sealed record ScenarioRevisionState
{
    /// <summary>The phase.</summary>
    public required RevisionPhase Phase { get; init; }

    /// <summary>When the phase began.</summary>
    public required ScenarioTime Since { get; init; }

    /// <summary>When the phase goes over into the next; it stays when left out.</summary>
    public ScenarioTime? Until { get; init; }

    /// <summary>When it will be ready, while it is provisioning or activating.</summary>
    public ScenarioTime? ReadyTime { get; init; }

    /// <summary>Whether it has ever been ready.</summary>
    public bool WasReady { get; init; }

    /// <summary>Whether its last start failed.</summary>
    public bool HasFailed { get; init; }

    /// <summary>When its present replicas were started; 15 seconds after it was made when left out.</summary>
    public ScenarioTime? ReplicasStarted { get; init; }

    /// <summary>How many sets of replicas there were before; names the replicas.</summary>
    public int ReplicaGeneration { get; init; }

    /// <summary>How often it was told to start or stop; keeps the draws of later times apart.</summary>
    public int Commands { get; init; }

    /// <summary>Whether its replicas follow load and traffic; those that a scenario gives stay as they are until something happens to them.</summary>
    public bool FollowsLoad { get; init; }

    /// <summary>How many replicas its queues and timers ask for; nothing when left out.</summary>
    public int? EventReplicas { get; init; }

    /// <summary>When it will lose replicas, unless it needs them again before.</summary>
    public ScenarioTime? ScaleDue { get; init; }
}
