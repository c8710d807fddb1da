using RevisionTools.Lifecycle;

namespace RevisionTools.Templates;

/// <summary>A revision as somebody names it.</summary>
/// <param name="AppName">The app.</param>
/// <param name="RevisionName">The full name or the suffix.</param>
/// <param name="Id">Where it lives, where that was said.</param>
internal sealed record RevisionReference(string AppName, string RevisionName, RevisionId? Id = null)
{
    /// <param name="text">A resource id, a full name or a suffix.</param>
    /// <param name="appName">The app, where the text does not say it.</param>
    /// <exception cref="RevisionToolsException">Nobody can say of which app.</exception>
    public static RevisionReference Of(string text, string? appName)
    {
        if (text.StartsWith('/'))
        {
            return RevisionTools.RevisionId.TryParse(text) is { } id
                ? new RevisionReference(id.App.Name, id.Name, id)
                : throw new RevisionToolsException(FailureKind.InvalidResourceId, $"'{text}' is not the resource id of a revision.");
        }

        // No app has two dashes in its name, so a full name says its app.
        var dashes = text.IndexOf("--", StringComparison.Ordinal);
        return (dashes > 0 ? text[..dashes] : appName) is { } app
            ? new RevisionReference(app, text)
            : throw new RevisionToolsException(FailureKind.RevisionNotFound, $"'{text}' is a suffix: give -ContainerAppName, or the full name app--{text}.");
    }

    /// <summary>Where to look for it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.SubscriptionNotSet"/></exception>
    public AppScope Scope(string? subscriptionId, string? resourceGroupName) => Id is { } id
        ? new AppScope(id.App.SubscriptionId, id.App.ResourceGroupName, id.App.Name, id.Name)
        : new AppScope(
            subscriptionId ?? throw new RevisionToolsException(FailureKind.SubscriptionNotSet, "The connection has no subscription. Give -SubscriptionId, here or to Connect-AcaAccount."),
            resourceGroupName,
            AppName,
            RevisionName);
}
