namespace RevisionTools;

/// <summary>What a field belongs to, and so whether a change of it makes a revision.</summary>
public enum DifferenceScope
{
    /// <summary>The template: a change makes a new revision.</summary>
    Revision,

    /// <summary>The configuration: a change applies to all revisions, and makes none.</summary>
    Application,
}
