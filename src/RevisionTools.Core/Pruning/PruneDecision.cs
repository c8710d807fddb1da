namespace RevisionTools;

/// <summary>What a plan does with a revision.</summary>
public enum PruneDecision
{
    /// <summary>A keep rule holds it, or it was not selected.</summary>
    Keep,

    /// <summary>No rule keeps it, and nothing forbids taking it down.</summary>
    Deactivate,

    /// <summary>No rule keeps it, but an interlock forbids taking it down.</summary>
    Blocked,

    /// <summary>It is inactive already, or going down.</summary>
    Inactive,
}
