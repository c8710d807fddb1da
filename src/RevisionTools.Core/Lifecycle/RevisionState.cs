namespace RevisionTools;

/// <summary>What a person can make of a revision: there is no delete.</summary>
public enum RevisionState
{
    /// <summary>The platform runs it.</summary>
    Active,

    /// <summary>The platform does not run it; it costs nothing and is kept for rollback.</summary>
    Inactive,
}
