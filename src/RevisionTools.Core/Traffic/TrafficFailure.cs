namespace RevisionTools.Traffic;

/// <summary>Refusals of changes to an app's traffic.</summary>
internal static class TrafficFailure
{
    public static RevisionToolsException Of(FailureKind kind, ContainerApp app, string message) => new(kind, message) { ResourceId = app.ResourceId };

    /// <summary>What was agreed to no longer fits what is there.</summary>
    public static RevisionToolsException Changed(ContainerApp app, string message) => Of(FailureKind.TrafficChanged, app, message);
}
