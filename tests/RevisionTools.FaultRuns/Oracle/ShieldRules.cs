using System.IO.Enumeration;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>
/// The second opinion on what protects a revision: written from DESIGN section 5 alone, on the service's own state, without a line of the
/// code that it judges.
/// </summary>
/// <param name="view">The app at one moment.</param>
/// <param name="terms">What was asked for.</param>
/// <param name="goesDown">Revisions that this prune has sent down already: it must know that they stand in for nothing.</param>
/// <param name="now">The moment of the call.</param>
internal sealed class ShieldRules(AppView view, PruneTerms terms, IReadOnlySet<string> goesDown, DateTimeOffset now)
{
    public Shield Of(string name)
    {
        if (view.Find(name) is not { } revision)
        {
            return Shield.Absent;
        }

        var isOldFailure = revision.Condition == Condition.Failed && terms.FailedAfter < now - revision.Created;
        return If(view.HasIngress && view.Traffic.Any(entry => entry.Weight > 0 && view.Means(entry, name)), Shield.CarriesTraffic)
            | If(!view.Revisions.Any(other => Replaces(other, revision)), Shield.LastActive)
            | If(view.IsSingle, Shield.SingleMode)
            | If(!terms.LiftsLabelled && view.Traffic.Any(entry => entry.Label is not null && view.Means(entry, name)), Shield.Labelled)
            | If(AppView.IsSame(view.Latest, name) && !isOldFailure, Shield.Latest)
            | If(AppView.IsSame(view.LatestReady, name), Shield.LatestReady)
            | If(revision.Condition is Condition.Starting or Condition.GoingDown or Condition.Down, Shield.InTransition)
            | If(revision.Condition == Condition.Unheard || (revision.Condition == Condition.Impaired && !IsAtWork(revision)), Shield.UnknownState)
            | OfEvents(revision, isOldFailure)
            | OfKeepRules(revision, isOldFailure);
    }

    private Shield OfEvents(RevisionView revision, bool isOldFailure)
    {
        if (!Consumes(revision))
        {
            return Shield.None;
        }

        return terms.LiftsConsumers
            ? If(!view.Revisions.Any(heir => (isOldFailure || heir.Created > revision.Created) && heir.Condition == Condition.Up && !goesDown.Contains(heir.Name)
                && revision.Sources.All(heir.Sources.Contains)), Shield.NoHeir)
            : Shield.ConsumesEvents;
    }

    // Rules that need more than a glance are judged elsewhere; these three are enough to see that rules are asked at all.
    private Shield OfKeepRules(RevisionView revision, bool isOldFailure)
    {
        var suffix = revision.Name[(revision.Name.IndexOf("--", StringComparison.Ordinal) + 2)..];
        var kept = If(terms.KeepNames.Any(pattern => Matches(pattern, revision.Name) || Matches(pattern, suffix)), Shield.KeptByName);
        if (isOldFailure)
        {
            return kept;
        }

        var newer = view.Revisions.Count(other => other.IsStanding && other.Condition != Condition.Failed && other.Created > revision.Created);
        return kept
            | If(revision.IsStanding && revision.Condition != Condition.Failed && newer < terms.KeepLast, Shield.KeptByCount)
            | If(!terms.HasCeiling && now - revision.Created <= terms.KeepSinceCreated, Shield.KeptByAge);
    }

    private bool Consumes(RevisionView revision) => revision.Sources.Count > 0 || view.HasDapr || !view.HasIngress;

    private bool IsAtWork(RevisionView revision) => view.EffectiveWeight(revision.Name) > 0 || Consumes(revision);

    private bool IsServing(RevisionView revision) =>
        revision.Condition == Condition.Up || (revision.Condition == Condition.Impaired && IsAtWork(revision));

    // A dead or half-made revision is no replacement for one that serves.
    private bool Replaces(RevisionView other, RevisionView revision) =>
        other.IsStanding && !AppView.IsSame(other.Name, revision.Name) && !goesDown.Contains(other.Name) && Rank(other) >= Rank(revision);

    private int Rank(RevisionView revision) => IsServing(revision) ? 2 : revision.Condition == Condition.Failed ? 0 : 1;

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    private static Shield If(bool holds, Shield shield) => holds ? shield : Shield.None;
}
