namespace RevisionTools.Pruning;

/// <summary>What a prune or its undo writes.</summary>
internal enum PruneWriteKind
{
    /// <summary>A revision is deactivated.</summary>
    Deactivate,

    /// <summary>A revision is activated again.</summary>
    Activate,

    /// <summary>The limit of inactive revisions of an app is set.</summary>
    SetMaxInactive,
}
