namespace RevisionTools;

/// <summary>A day of a simulation: what was deployed, and what a retention policy made of it at the end of the day.</summary>
public sealed record PruneSimulationDay
{
    /// <summary>Which day it is, from 1.</summary>
    public required int Day { get; init; }

    /// <summary>When it ends, which is when the policy is applied (UTC).</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>How many apps take part.</summary>
    public int Apps { get; init; }

    /// <summary>How many revisions were made on the day.</summary>
    public int Deployed { get; init; }

    /// <summary>How many of those did not become ready.</summary>
    public int FailedDeployments { get; init; }

    /// <summary>How many active revisions a rule keeps.</summary>
    public int Kept { get; init; }

    /// <summary>How many revisions the policy took down.</summary>
    public int Pruned { get; init; }

    /// <summary>How many revisions no rule keeps and an interlock protects.</summary>
    public int Blocked { get; init; }

    /// <summary>How many revisions are active at the end of the day, those that are going down not among them.</summary>
    public int Active { get; init; }

    /// <summary>How many are inactive or going down.</summary>
    public int Inactive { get; init; }

    /// <summary>How many the platform has purged since the day before.</summary>
    public int Purged { get; init; }

    /// <summary>The replicas of the active revisions.</summary>
    public int ActiveReplicas { get; init; }

    /// <summary>The vCPU that the active revisions hold at their least scale, in cores.</summary>
    public double ReservedCpu { get; init; }

    /// <summary>The day and what the policy did.</summary>
    public override string ToString() => $"day {Day}: deployed {Deployed}, kept {Kept}, pruned {Pruned}, blocked {Blocked}, purged {Purged}";
}
