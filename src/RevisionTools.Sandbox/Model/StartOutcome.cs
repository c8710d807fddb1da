namespace RevisionTools.Sandbox;

/// <summary>What comes of starting a revision.</summary>
internal enum StartOutcome
{
    Ready,
    ImagePullFails,
    ContainerCrashes,
    NeverReady,
}
