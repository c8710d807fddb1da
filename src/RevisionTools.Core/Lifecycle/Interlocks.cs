namespace RevisionTools.Lifecycle;

/// <summary>
/// The one place that says which interlocks hold for a revision, which of them bind, and what to do about each. Every path that
/// deactivates asks it twice: in the plan, and again on fresh data right before the call.
/// </summary>
/// <remarks>DESIGN section 5.</remarks>
internal static class Interlocks
{
    /// <summary>All interlocks that hold for taking <paramref name="revision"/> down, lifted or not.</summary>
    /// <param name="revision">A revision of <paramref name="snapshot"/>.</param>
    /// <param name="snapshot">The app as it was read.</param>
    /// <param name="leaving">Names of the other revisions that go down in the same run, so that the last one standing is noticed.</param>
    public static IReadOnlyList<Interlock> Of(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving)
    {
        List<Interlock> holding = [];
        Add(Interlock.CarriesTraffic, Math.Max(Math.Max(revision.ConfiguredWeight, revision.EffectiveWeight), revision.TrafficWeight ?? 0) > 0);
        Add(Interlock.LastActive, !IsReplaced(revision, snapshot, leaving));
        Add(Interlock.SingleMode, snapshot.App.IsSingleMode);
        Add(Interlock.Labelled, revision.Labels.Count > 0);
        Add(Interlock.Latest, revision.IsLatest);
        Add(Interlock.LatestReady, revision.IsLatestReady);
        Add(Interlock.InTransition, revision.Stage is RevisionStage.Provisioning or RevisionStage.Deactivating);
        Add(Interlock.UnknownState, revision.Stage is RevisionStage.Unknown);
        Add(Interlock.ConsumesEvents, revision.EventConsumers.Count > 0);
        return holding;

        void Add(Interlock interlock, bool holds)
        {
            if (holds)
            {
                holding.Add(interlock);
            }
        }
    }

    /// <summary>What remains of <paramref name="holding"/> for a change in bulk: all but the lifted ones.</summary>
    public static IReadOnlyList<Interlock> BindingInBulk(IReadOnlyList<Interlock> holding, InterlockLifts lifts) =>
        [.. holding.Where(interlock => interlock switch
        {
            Interlock.Labelled => !lifts.Labelled,
            Interlock.ConsumesEvents => !lifts.EventConsumer,
            _ => true,
        })];

    /// <summary>What an interlock means for one revision that a person has named.</summary>
    /// <param name="interlock">An interlock that holds.</param>
    /// <param name="force">Whether the person said <c>-Force</c>.</param>
    public static InterlockVerdict ForNamed(Interlock interlock, bool force) => interlock switch
    {
        Interlock.CarriesTraffic => InterlockVerdict.Refuse,
        Interlock.LastActive or Interlock.SingleMode => force ? InterlockVerdict.Ask : InterlockVerdict.Refuse,
        Interlock.Labelled => force ? InterlockVerdict.Tell : InterlockVerdict.Refuse,
        Interlock.UnknownState => InterlockVerdict.Ask,
        Interlock.InTransition or Interlock.ConsumesEvents => InterlockVerdict.Tell,
        Interlock.Latest or Interlock.LatestReady => InterlockVerdict.Allow,
        _ => InterlockVerdict.Refuse,
    };

    /// <summary>The interlock's name, and what it means for this revision.</summary>
    public static string Name(Interlock interlock, Revision revision) => $"{interlock}: {Describe(interlock, revision)}";

    /// <summary>What the interlock means for this revision, and how to get on.</summary>
    public static string Describe(Interlock interlock, Revision revision) => interlock switch
    {
        Interlock.CarriesTraffic =>
            $"it gets {TrafficOf(revision)}; move that first: Set-AcaTraffic {revision.ContainerAppName} -ResourceGroupName {revision.ResourceGroupName} -To <other revision>",
        Interlock.LastActive => "no other revision would be up",
        Interlock.SingleMode => "the app is in single-revision mode, where the platform chooses the active revision",
        Interlock.Labelled => $"the host of label {string.Join(", ", revision.Labels)} would go dead",
        Interlock.Latest => "it is the app's newest revision",
        Interlock.LatestReady => "it is the app's newest ready revision",
        Interlock.InTransition => $"it is in transition: {revision.StageReason}",
        Interlock.UnknownState => revision.StageReason,
        Interlock.ConsumesEvents => $"it consumes events at any traffic weight: {string.Join(", ", revision.EventConsumers)}",
        _ => interlock.ToString(),
    };

    private static string TrafficOf(Revision revision) => revision.ConfiguredWeight == revision.EffectiveWeight
        ? $"{Math.Max(revision.EffectiveWeight, revision.TrafficWeight ?? 0)} % of the traffic"
        : $"traffic ({revision.ConfiguredWeight} % configured, {revision.EffectiveWeight} % effective)";

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
        other.IsStanding && !string.Equals(other.Name, revision.Name, StringComparison.OrdinalIgnoreCase) && Rank(other.Stage) >= Rank(revision.Stage);

    private static int Rank(RevisionStage stage) => stage switch
    {
        RevisionStage.Active or RevisionStage.Ready => 2,
        RevisionStage.Provisioning or RevisionStage.Unknown => 1,
        _ => 0,
    };
}
