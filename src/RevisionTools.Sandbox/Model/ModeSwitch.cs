namespace RevisionTools.Sandbox;

/// <summary>What a switch of the revision mode does to the revisions (ARM-FACTS 4.6, 4.7).</summary>
internal static class ModeSwitch
{
    /// <summary>
    /// After a switch to Single only the latest-ready revision stays, and the latest while it is starting. Where neither is up, the
    /// latest-ready one is started: the app would be left without any.
    /// </summary>
    // unconfirmed: the facts only say that such a switch can activate and deactivate revisions (ARM-FACTS 4.6).
    internal static void EnterSingle(AppLifecycle lifecycle, SandboxApp app, DateTimeOffset now)
    {
        lifecycle.DeactivateWhere(
            app, revision => revision.Name != app.LatestReadyRevisionName && revision.Name != app.LatestRevisionName, now);
        if (!app.Revisions.Exists(revision => revision.IsUp) && app.FindRevision(app.LatestReadyRevisionName ?? "") is { } ready)
        {
            lifecycle.Activate(app, ready, now);
        }
    }

    /// <summary>After a switch to Labels only revisions with a label stay, and the latest while it is starting.</summary>
    // unconfirmed: recorded is a revision that loses its label in Labels mode, not one that had none before (ARM-FACTS 4.7).
    internal static void EnterLabels(AppLifecycle lifecycle, SandboxApp app, DateTimeOffset now)
    {
        var labelled = TrafficTable.Labels(app).Values;
        lifecycle.DeactivateWhere(
            app,
            revision => !labelled.Contains(revision.Name, StringComparer.OrdinalIgnoreCase) && revision.Name != app.LatestRevisionName,
            now);
    }
}
