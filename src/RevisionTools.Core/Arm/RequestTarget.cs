namespace RevisionTools.Arm;

/// <summary>What a request is about, read from its path.</summary>
internal readonly record struct RequestTarget(string Path, ContainerAppId? App, RevisionId? Revision)
{
    public static RequestTarget Of(Uri uri)
    {
        // An answer can point here: its escaped characters are as little to be trusted as its plain ones.
        var path = SafeText.Clean(Uri.UnescapeDataString(uri.AbsolutePath));
        return new RequestTarget(path, ContainerAppId.TryParse(path), RevisionId.TryParse(path));
    }

    /// <summary>Whether the path is that of an app, of a list of apps or subscriptions, or of an app's list of revisions.</summary>
    public bool IsAppOrList => Path.Trim('/').Split('/') is var segments && segments[^1].ToUpperInvariant() switch
    {
        "SUBSCRIPTIONS" or "CONTAINERAPPS" => true,
        "REVISIONS" => App is not null && segments.Length == 9,
        _ => App is not null && segments.Length == 8,
    };

    /// <summary>The revision, else the app, else the path.</summary>
    public string ResourceId => Revision?.Path ?? App?.Path ?? Path;

    /// <summary>The target in words.</summary>
    public string Describe() => (Revision, App) switch
    {
        ({ } revision, _) => $"the revision '{revision.Name}' of the container app '{revision.App.Name}'",
        (_, { } app) => $"the container app '{app.Name}' in the resource group '{app.ResourceGroupName}'",
        _ => $"'{Path}'",
    };
}
