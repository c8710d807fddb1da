namespace RevisionTools;

/// <summary>How two templates differ in one place.</summary>
public enum DifferenceKind
{
    /// <summary>Only the second has it.</summary>
    Added,

    /// <summary>Only the first has it.</summary>
    Removed,

    /// <summary>Both have it, and not alike.</summary>
    Changed,
}
