namespace RevisionTools;

/// <summary>A container inside a replica.</summary>
/// <remarks>API type <c>ReplicaContainer</c>. The log and exec endpoints are left out.</remarks>
public sealed record ReplicaContainer
{
    /// <summary>The container's name in the template.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its readiness probe passes.</summary>
    public bool Ready { get; init; }

    /// <summary>Whether its start-up probe has passed.</summary>
    public bool Started { get; init; }

    /// <summary>How often it was restarted.</summary>
    public int RestartCount { get; init; }

    /// <summary><c>Running</c>, <c>Waiting</c>, <c>Terminated</c>; open.</summary>
    public string? RunningState { get; init; }

    /// <summary>The platform's own words, for example <c>CrashLoopBackOff</c>.</summary>
    public string? RunningStateDetails { get; init; }
}
