using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Lifecycle;

namespace RevisionTools.FaultRuns.Mutants;

/// <summary>The interlock rules with one of them gone or weaker than it should be.</summary>
internal static class InterlockMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        Without(Interlock.CarriesTraffic, Shield.CarriesTraffic),
        Weaker(Interlock.CarriesTraffic, "only what entries name", Shield.CarriesTraffic, (revision, snapshot, _) =>
            snapshot.App.Traffic.Any(entry => entry.Weight > 0 && Names.Same(entry.RevisionName, revision.Name))),
        Weaker(Interlock.CarriesTraffic, "only where requests go now", Shield.CarriesTraffic, (revision, _, _) => revision.EffectiveWeight > 0),

        // The newest ready revision, the only one that gets requests without being named or the newest, has an interlock of its own.
        With("LatestReady, and CarriesTraffic only by the table", Shield.CarriesTraffic, rule => rule.Interlock switch
        {
            Interlock.LatestReady => null,
            Interlock.CarriesTraffic => rule with { Holds = (revision, _, _) => revision.ConfiguredWeight > 0 },
            _ => rule,
        }),
        Weaker(Interlock.CarriesTraffic, "only from a tenth on", Shield.CarriesTraffic, (revision, _, _) => revision.ConfiguredWeight > 10),

        Without(Interlock.LastActive, Shield.LastActive),
        Weaker(Interlock.LastActive, "takes those that leave for replacements", Shield.LastActive, (revision, snapshot, _) =>
            !snapshot.Revisions.Any(other => other.IsStanding && other.Name != revision.Name && IsUp(other))),
        Weaker(Interlock.LastActive, "takes failed ones for replacements", Shield.LastActive, (revision, snapshot, leaving) =>
            !snapshot.Revisions.Any(other => other.IsStanding && other.Name != revision.Name && !leaving.Contains(other.Name))),
        Weaker(Interlock.LastActive, "takes those that go down for replacements", Shield.LastActive, (revision, snapshot, leaving) =>
            !snapshot.Revisions.Any(other => other.Active == true && other.Name != revision.Name && !leaving.Contains(other.Name)
                && other.Stage is not (RevisionStage.Failed or RevisionStage.Provisioning or RevisionStage.Unknown))),

        Without(Interlock.SingleMode, Shield.SingleMode),
        Without(Interlock.Labelled, Shield.Labelled),
        Weaker(Interlock.Labelled, "only with weight", Shield.Labelled, (revision, _, _) => revision.Labels.Count > 0 && revision.ConfiguredWeight > 0),
        Without(Interlock.Latest, Shield.Latest),
        Weaker(Interlock.Latest, "not where it has failed", Shield.Latest, (revision, _, _) => revision.IsLatest && revision.Stage != RevisionStage.Failed),
        Without(Interlock.LatestReady, Shield.LatestReady),
        Without(Interlock.InTransition, Shield.InTransition),
        Without(Interlock.UnknownState, Shield.UnknownState),
        Weaker(Interlock.UnknownState, "only words that nobody has heard of", Shield.UnknownState, (revision, _, _) =>
            revision.Stage == RevisionStage.Unknown && revision.RunningState != "Degraded"),
        Without(Interlock.ConsumesEvents, Shield.ConsumesEvents),
        Weaker(Interlock.ConsumesEvents, "only scale rules", Shield.ConsumesEvents, (revision, _, _) =>
            revision.EventConsumers.Any(consumer => consumer.Kind == EventConsumerKind.ScaleRule)),
        Weaker(Interlock.ConsumesEvents, "not scale rules", Shield.ConsumesEvents, (revision, _, _) =>
            revision.EventConsumers.Any(consumer => consumer.Kind != EventConsumerKind.ScaleRule)),
        Weaker(Interlock.ConsumesEvents, "only while it has replicas", Shield.ConsumesEvents, (revision, _, _) =>
            revision.EventConsumers.Count > 0 && revision.Replicas > 0),
    ];

    private static bool IsUp(Revision revision) => revision.Stage is RevisionStage.Active or RevisionStage.Ready;

    private static Mutant Without(Interlock interlock, Shield notices) =>
        With($"{interlock}: gone", notices, rule => rule.Interlock == interlock ? null : rule);

    private static Mutant Weaker(Interlock interlock, string how, Shield notices, Func<Revision, AppSnapshot, IReadOnlySet<string>, bool> holds) =>
        With($"{interlock}: {how}", notices, rule => rule.Interlock == interlock ? rule with { Holds = holds } : rule);

    private static Mutant With(string name, Shield notices, Func<InterlockRule, InterlockRule?> change) =>
        new(name, new InterlockRules([.. InterlockRules.Default.Rules.Select(change).OfType<InterlockRule>()]), notices.ToString());
}
