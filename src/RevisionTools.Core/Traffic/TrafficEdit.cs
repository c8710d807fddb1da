using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>
/// Something that is to be done to a traffic table. It is asked on the table that the user sees, again on the one that is there right
/// before the write, and again on what is read back, which it must leave as it is.
/// </summary>
internal abstract class TrafficEdit
{
    /// <summary>The table as it is to be.</summary>
    /// <exception cref="RevisionToolsException">What forbids it.</exception>
    public IReadOnlyList<TrafficEntry> Apply(AppSnapshot snapshot)
    {
        RequireSplit(snapshot.App);
        var edited = Edit(snapshot);
        return TableDifferences.IsSame(edited, snapshot.App.Traffic) ? edited : ToSend(edited, snapshot);
    }

    /// <summary>A table as Azure takes it, which then does no harm that the weights do not show.</summary>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.TrafficTargetNotFound"/> where a purged revision has weight; <see cref="FailureKind.RevisionProtected"/> where
    /// the service would deactivate one that has.
    /// </exception>
    public static IReadOnlyList<TrafficEntry> ToSend(IReadOnlyList<TrafficEntry> edited, AppSnapshot snapshot)
    {
        var table = GhostEntries.LeaveOut(edited, snapshot);
        GhostEntries.RequireNone(table, snapshot);
        LastLabels.RequireUnused(snapshot, table);
        return table;
    }

    /// <summary>Makes sure that the app's traffic can be split. In Labels mode that works as in Multiple mode.</summary>
    /// <remarks>ARM-FACTS 4.6 and 4.7.</remarks>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.IngressRequired"/> or <see cref="FailureKind.MultipleModeRequired"/>.</exception>
    public static void RequireSplit(ContainerApp app)
    {
        if (!app.IngressEnabled)
        {
            throw TrafficFailure.Of(FailureKind.IngressRequired, app, $"The app '{app.Name}' has no ingress, so there is no traffic to direct.");
        }

        if (app.IsSingleMode)
        {
            throw TrafficFailure.Of(
                FailureKind.MultipleModeRequired, app, $"The app '{app.Name}' is in single-revision mode, where the platform chooses the active revision: weights and labels have no effect.");
        }
    }

    protected abstract IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot);
}
