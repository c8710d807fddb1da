namespace RevisionTools.Sandbox;

/// <summary>
/// The purge of inactive revisions beyond maxInactiveRevisions: oldest first, never an active one, and not prompt
/// (ARM-FACTS 4.8).
/// </summary>
internal static class RevisionPurge
{
    // unconfirmed: ten surplus revisions were still there after 15 minutes; how long it takes was not found (ARM-FACTS 10.3).
    private const int LeastSeconds = 2 * 3600;
    private const int MostSeconds = 12 * 3600;

    /// <summary>The platform will come by once there are too many; it does not when there no longer are.</summary>
    internal static void Plan(SandboxApp app, SandboxRandom random, DateTimeOffset at)
    {
        if (Surplus(app) <= 0)
        {
            app.PurgeDue = null;
        }
        else if (app.PurgeDue is null)
        {
            app.PurgeDue = at + random.Seconds(LeastSeconds, MostSeconds, $"purge/{app.Group}/{app.Name}/{app.Purges++}");
        }
    }

    /// <summary>Entries of the traffic array that name a purged revision stay as they are.</summary>
    internal static void Run(SandboxApp app)
    {
        app.PurgeDue = null;
        HashSet<SandboxRevision> purged =
            [.. app.Revisions.Where(revision => !revision.IsActive).Take(Math.Max(0, Surplus(app)))];
        app.Revisions.RemoveAll(purged.Contains);
    }

    private static int Surplus(SandboxApp app) => app.Revisions.Count(revision => !revision.IsActive) - app.MaxInactiveRevisions;
}
