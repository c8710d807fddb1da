namespace RevisionTools.Sandbox;

/// <summary>What can happen to an app by itself.</summary>
internal enum AppStepKind
{
    None,

    /// <summary>A change has its effect on load and retention.</summary>
    Review,

    /// <summary>A revision goes over into its next phase.</summary>
    Phase,

    /// <summary>A revision loses replicas.</summary>
    Scale,

    /// <summary>Inactive revisions go.</summary>
    Purge,
}
