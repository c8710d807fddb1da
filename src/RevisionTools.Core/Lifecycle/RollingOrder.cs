namespace RevisionTools.Lifecycle;

/// <summary>The order in which the active revisions of an app are restarted one by one: the less hangs on a revision, the earlier it shows whether it gets on.</summary>
internal static class RollingOrder
{
    /// <summary>The revisions that can be restarted: by share of the traffic, oldest first, those that have failed already at the end.</summary>
    public static IReadOnlyList<Revision> Of(AppSnapshot snapshot) =>
    [
        .. snapshot.Revisions.Where(revision => revision.IsStanding)
            .OrderBy(revision => revision.Stage == RevisionStage.Failed)
            .ThenBy(revision => Math.Max(revision.ConfiguredWeight, revision.EffectiveWeight)),
    ];
}
