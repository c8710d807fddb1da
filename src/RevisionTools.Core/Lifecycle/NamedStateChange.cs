namespace RevisionTools.Lifecycle;

/// <summary>What stands against a state change that a person asked for by naming a revision.</summary>
/// <param name="Verdict">The gravest of what holds.</param>
/// <param name="Holding">All that holds.</param>
/// <param name="Interlocks">What of it is worth a word: where something refuses, only that.</param>
/// <param name="Message">Those in words; empty where nothing is to be said.</param>
internal sealed record NamedStateChange(
    InterlockVerdict Verdict, IReadOnlyList<Interlock> Holding, IReadOnlyList<Interlock> Interlocks, string Message)
{
    public static NamedStateChange Of(
        Revision revision, AppSnapshot snapshot, RevisionState target, bool force, IReadOnlySet<string> leaving)
    {
        var holding = target == RevisionState.Inactive ? InterlockRules.Default.Of(revision, snapshot, leaving) : OfActivation(snapshot.App);
        var verdicts = holding.Select(interlock => (Interlock: interlock, Verdict: Lifecycle.Interlocks.ForNamed(interlock, force))).ToList();
        var worst = verdicts.Count == 0 ? InterlockVerdict.Allow : verdicts.Max(item => item.Verdict);
        var telling = verdicts.Where(item => item.Verdict > InterlockVerdict.Allow && IsWorthAWord(item.Interlock, revision, snapshot, leaving))
            .Where(item => worst != InterlockVerdict.Refuse || item.Verdict == InterlockVerdict.Refuse)
            .Select(item => item.Interlock).ToList();
        var words = telling.Select(interlock => $"{interlock}: {Describe(interlock)}");
        return new NamedStateChange(worst, holding, telling, string.Join("; ", words));

        string Describe(Interlock interlock) => target == RevisionState.Active
            ? ActivationInSingleMode(revision, snapshot.App)
            : Lifecycle.Interlocks.Describe(interlock, revision);
    }

    /// <summary>What still stops the change after the person has accepted some: what has come up since was not accepted.</summary>
    public IReadOnlyList<Interlock> Binding(IReadOnlyList<Interlock> accepted) =>
        [.. Holding.Where(interlock => Lifecycle.Interlocks.ForNamed(interlock, force: false) >= InterlockVerdict.Ask && !accepted.Contains(interlock))];

    // In Single mode an activation swaps: the service takes the live revision down and leaves the traffic pointing at it (ARM-FACTS 4.6).
    private static IReadOnlyList<Interlock> OfActivation(ContainerApp app) => app.IsSingleMode ? [Interlock.SingleMode] : [];

    private static string ActivationInSingleMode(Revision revision, ContainerApp app) =>
        $"the app is in single-revision mode; activating '{revision.Name}' makes the service take '{app.LatestReadyRevisionName}' down, "
        + "which the traffic goes on pointing at";

    /// <summary>A consumer among others of the same source is no news; the only one is.</summary>
    private static bool IsWorthAWord(Interlock interlock, Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving) =>
        interlock != Interlock.ConsumesEvents || revision.EventConsumers.Any(consumer => !snapshot.Revisions.Any(other =>
            other.IsStanding && other.Name != revision.Name && !leaving.Contains(other.Name)
            && other.EventConsumers.Any(consumer.IsOfSameSource)));
}
