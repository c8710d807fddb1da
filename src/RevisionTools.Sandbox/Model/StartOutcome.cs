namespace RevisionTools.Sandbox;

/// <summary>What comes of starting a revision.</summary>
public enum StartOutcome
{
    /// <summary>It gets ready.</summary>
    Ready,

    /// <summary>Its image cannot be pulled.</summary>
    ImagePullFails,

    /// <summary>Its container crashes again and again.</summary>
    ContainerCrashes,

    /// <summary>It stays Activating.</summary>
    NeverReady,

    /// <summary>It stays Activating until its deployment is given up, and is Degraded from then on.</summary>
    Degrades,
}
