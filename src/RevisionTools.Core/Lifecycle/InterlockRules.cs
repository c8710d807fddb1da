namespace RevisionTools.Lifecycle;

/// <summary>
/// The one place that says which interlocks hold for a revision. Every path that deactivates asks it twice: in the plan, and again on fresh
/// data right before the call.
/// </summary>
/// <remarks>DESIGN section 5.</remarks>
/// <param name="rules">One rule for each interlock, in the order in which they are told.</param>
internal sealed class InterlockRules(IReadOnlyList<InterlockRule> rules)
{
    /// <summary>The rules that hold everywhere. Others are for tests, which show that each of these is needed.</summary>
    public static InterlockRules Default { get; } = new(
    [
        new(Interlock.CarriesTraffic, static (revision, _, _) =>
            Math.Max(Math.Max(revision.ConfiguredWeight, revision.EffectiveWeight), revision.TrafficWeight ?? 0) > 0),
        new(Interlock.LastActive, static (revision, snapshot, leaving) => !IsReplaced(revision, snapshot, leaving)),
        new(Interlock.SingleMode, static (_, snapshot, _) => snapshot.App.IsSingleMode),
        new(Interlock.Labelled, static (revision, _, _) => revision.Labels.Count > 0),
        new(Interlock.Latest, static (revision, _, _) => revision.IsLatest),
        new(Interlock.LatestReady, static (revision, _, _) => revision.IsLatestReady),
        new(Interlock.InTransition, static (revision, _, _) => revision.Stage is RevisionStage.Provisioning or RevisionStage.Deactivating),
        new(Interlock.UnknownState, static (revision, _, _) => revision.Stage is RevisionStage.Unknown),
        new(Interlock.ConsumesEvents, static (revision, _, _) => revision.EventConsumers.Count > 0),
    ]);

    /// <summary>The rules.</summary>
    public IReadOnlyList<InterlockRule> Rules { get; } = rules;

    /// <summary>All interlocks that hold for taking <paramref name="revision"/> down, lifted or not.</summary>
    /// <param name="revision">A revision of <paramref name="snapshot"/>.</param>
    /// <param name="snapshot">The app as it was read.</param>
    /// <param name="leaving">Names of the other revisions that go down in the same run, so that the last one standing is noticed.</param>
    public IReadOnlyList<Interlock> Of(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving) =>
        [.. Rules.Where(rule => rule.Holds(revision, snapshot, leaving)).Select(rule => rule.Interlock)];

    // Newest first: it is nearly always the newest that stands in, and it is the last to leave.
    private static bool IsReplaced(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving)
    {
        for (var index = snapshot.Revisions.Count - 1; index >= 0; index--)
        {
            if (Replaces(snapshot.Revisions[index], revision) && !leaving.Contains(snapshot.Revisions[index].Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether <paramref name="other"/> would stand in for <paramref name="revision"/>: a dead or half-made revision does not replace one that is up.</summary>
    private static bool Replaces(Revision other, Revision revision) =>
        other.IsStanding && !Names.Same(other.Name, revision.Name) && Rank(other.Stage) >= Rank(revision.Stage);

    private static int Rank(RevisionStage stage) => stage switch
    {
        RevisionStage.Active or RevisionStage.Ready => 2,
        RevisionStage.Provisioning or RevisionStage.Unknown => 1,
        _ => 0,
    };
}
