namespace RevisionTools.Sandbox;

/// <summary>Stopping a whole app, and starting it again.</summary>
internal static class AppStop
{
    /// <summary>Takes down all that is up, for <see cref="Start"/> to bring up again.</summary>
    // unconfirmed: the facts have no stopped app; that its revisions become inactive is a guess (ARM-FACTS 2).
    internal static void Stop(AppLifecycle lifecycle, SandboxApp app, DateTimeOffset now)
    {
        if (app.StoppedRevisions is null)
        {
            app.StoppedRevisions = [.. app.Revisions.Where(revision => revision.IsUp).Select(revision => revision.Name)];
            lifecycle.DeactivateWhere(app, _ => true, now);
        }
    }

    /// <summary>Brings up what <see cref="Stop"/> took down.</summary>
    internal static void Start(AppLifecycle lifecycle, SandboxApp app, DateTimeOffset now)
    {
        foreach (var name in app.StoppedRevisions ?? [])
        {
            if (app.FindRevision(name) is { } revision)
            {
                lifecycle.Activate(app, revision, now);
            }
        }

        app.StoppedRevisions = null;
    }
}
