namespace RevisionTools.Lifecycle;

/// <summary>
/// Says which of the interlocks that hold bind, for what acts in bulk and for a person who names one revision, and what to do about each.
/// </summary>
/// <remarks>DESIGN section 5.</remarks>
internal static class Interlocks
{
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
}
