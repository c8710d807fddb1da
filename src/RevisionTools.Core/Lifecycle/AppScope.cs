namespace RevisionTools.Lifecycle;

/// <summary>Where to look for apps, and which of their revisions are meant.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="ResourceGroupName">A group, a pattern, or null for every group.</param>
/// <param name="AppName">An app, a pattern, or null for every app.</param>
/// <param name="RevisionName">A revision, a pattern, or null for every revision.</param>
/// <param name="IsFilter">Whether <paramref name="RevisionName"/> only narrows down: an app of many that lacks the revision lacks nothing.</param>
internal sealed record AppScope(
    string SubscriptionId, string? ResourceGroupName, string? AppName, string? RevisionName = null, bool IsFilter = false)
{
    /// <summary>Whether one revision is named, and not whatever matches.</summary>
    public bool NamesOneRevision => RevisionName is not null && !NamePattern.IsPattern(RevisionName);

    /// <summary>Whether more than one app can be meant.</summary>
    public bool SpansApps => AppName is null || NamePattern.IsPattern(AppName);

    /// <summary>The app as it was named, so that it is read once however often it is.</summary>
    public string AppKey => $"{SubscriptionId}/{ResourceGroupName}/{AppName}".ToUpperInvariant();

    /// <summary>The scope of an id of an app, or of anything below one.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidResourceId"/></exception>
    public static AppScope OfResourceId(string? resourceId) => ArmId.TryRead(resourceId, out var id)
        ? new AppScope(id.SubscriptionId, id.ResourceGroupName, id.AppName, id.RevisionName)
        : throw new RevisionToolsException(
            FailureKind.InvalidResourceId, resourceId is null
                ? "The object names no container app or revision: subscription, group and name, or a resource id, are needed."
                : $"'{resourceId}' is not the resource id of a container app or of a revision of one.");

    /// <summary>The scope of an app.</summary>
    /// <param name="app">The app.</param>
    /// <param name="subscriptionId">The subscription of one that says neither its own nor its resource id.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidResourceId"/></exception>
    public static AppScope OfApp(ContainerApp app, string? subscriptionId) =>
        SubscriptionOf(app.SubscriptionId, app.ResourceId, subscriptionId) is { } subscription && IsWhole(subscription, app.ResourceGroupName, app.Name)
            ? new AppScope(subscription, app.ResourceGroupName, app.Name)
            : OfResourceId(app.ResourceId);

    /// <summary>The scope of a revision, under the terms of <see cref="OfApp"/>.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidResourceId"/></exception>
    public static AppScope OfRevision(Revision revision, string? subscriptionId) =>
        SubscriptionOf(revision.SubscriptionId, revision.ResourceId, subscriptionId) is { } subscription
        && IsWhole(subscription, revision.ResourceGroupName, revision.ContainerAppName, revision.Name)
            ? new AppScope(subscription, revision.ResourceGroupName, revision.ContainerAppName, revision.Name)
            : OfResourceId(revision.ResourceId);

    private static string? SubscriptionOf(string? own, string? resourceId, string? other) =>
        string.IsNullOrWhiteSpace(own) && resourceId is null ? other : own;

    // PowerShell makes a record of any object with a property of the right name, and leaves the others empty.
    private static bool IsWhole(params string?[] parts) => !parts.Any(string.IsNullOrWhiteSpace);
}
