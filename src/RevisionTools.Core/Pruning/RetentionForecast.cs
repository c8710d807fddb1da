using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Foretells what a limit for inactive revisions lets the platform purge. Pure: no call, no clock.</summary>
/// <remarks>ARM-FACTS 4.8: the oldest beyond <c>maxInactiveRevisions</c>, late.</remarks>
internal sealed record RetentionForecast
{
    private RetentionForecast(AppSnapshot snapshot, int limit)
    {
        App = snapshot.App;
        After = limit;
        Inactive = [.. snapshot.Revisions.Where(revision => revision.Stage is RevisionStage.Inactive or RevisionStage.Deactivating)];
        MayBePurged = Beyond(limit);
        Endangered = [.. MayBePurged.Skip(Beyond(Before).Count)];
    }

    public ContainerApp App { get; }

    /// <summary>The limit as it is; the service's default where the app has none of its own.</summary>
    public int Before => PurgeForecast.LimitOf(App);

    /// <summary>The limit as it is to be.</summary>
    public int After { get; }

    /// <summary>All that is inactive or about to be, oldest first.</summary>
    public IReadOnlyList<Revision> Inactive { get; }

    /// <summary>The oldest of these that are beyond the new limit.</summary>
    public IReadOnlyList<Revision> MayBePurged { get; }

    /// <summary>Those of them that are within the limit as it is: what the change itself puts at risk.</summary>
    public IReadOnlyList<Revision> Endangered { get; }

    public static RetentionForecast Of(AppSnapshot snapshot, int limit) => new(snapshot, limit);

    /// <summary>The change and what it puts at risk, as a prompt says it.</summary>
    public string Describe()
    {
        var change = $"Set limit of inactive revisions from {Before} to {After}";
        return Endangered.Count == 0 ? $"{change} (puts no revision at risk)" : $"{change} ({Risk()})";
    }

    /// <summary>What the platform may now take, in words.</summary>
    public string Risk()
    {
        var already = MayBePurged.Count - Endangered.Count;
        var others = already == 0 ? "" : $", beside {already} older that are beyond the limit already";
        return Endangered.Count switch
        {
            0 => "no revision is at risk",
            <= 5 => $"lets Azure purge {string.Join(", ", Endangered)}{others}",
            _ => $"lets Azure purge {Endangered.Count} inactive revisions, {Endangered[0]} to {Endangered[^1]}{others}",
        };
    }

    /// <summary>Makes sure that the change takes no inactive revision that was made or active within a span. What is beyond the limit as it is already does not count.</summary>
    /// <param name="keepSince">The span.</param>
    /// <param name="now">The moment from which it is measured.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RetentionTooLow"/>, with the limit that is needed.</exception>
    public void RequireKept(TimeSpan keepSince, DateTimeOffset now)
    {
        if (Endangered.Any(revision => IsWithin(revision, now - keepSince)))
        {
            throw new RevisionToolsException(FailureKind.RetentionTooLow, $"The limit of the app '{App.Name}' was not changed. {Shortage(keepSince, now)}")
            {
                ResourceId = App.ResourceId,
            };
        }
    }

    /// <summary>What the new limit lacks to keep every inactive revision that was made or active within a span; null for nothing.</summary>
    public string? Shortage(TimeSpan keepSince, DateTimeOffset now)
    {
        // The platform goes by age alone: to keep one, all that are younger must fit in beside it.
        var lost = MayBePurged.Where(revision => IsWithin(revision, now - keepSince)).ToList();
        return lost.Count == 0
            ? null
            : $"Keeping all {Inactive.Count(revision => IsWithin(revision, now - keepSince))} inactive revisions that were made or active within {SpanText.Format(keepSince)} "
            + $"needs a limit of {Inactive.Count - Inactive.TakeWhile(revision => revision.Id != lost[0].Id).Count()} at least; with {After} Azure may purge {lost[0]}"
            + $"{(lost.Count > 1 ? $" and {lost.Count - 1} more of them" : "")}.";
    }

    /// <summary>Whether two readings are of one revision: another may have come under the name of one that is gone.</summary>
    public static bool IsSame(Revision one, Revision other) => one.Id == other.Id && one.CreatedTime == other.CreatedTime;

    /// <summary>Makes sure that a limit puts nothing at risk beyond what was agreed to when it was planned.</summary>
    /// <param name="approved">The forecast that was agreed to.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RevisionChanged"/></exception>
    public void RequireWithin(RetentionForecast approved)
    {
        var added = Endangered.Where(revision => !approved.PutsAtRisk(revision)).Select(revision => revision.Name).ToList();
        if (added.Count > 0)
        {
            throw new RevisionToolsException(
                FailureKind.RevisionChanged,
                $"The app '{App.Name}' has changed since the limit of {After} was planned: Azure might purge {string.Join(", ", added)} too. Nothing was sent.")
            {
                ResourceId = App.ResourceId,
            };
        }
    }

    private bool PutsAtRisk(Revision revision) => MayBePurged.Any(known => IsSame(known, revision));

    private IReadOnlyList<Revision> Beyond(int limit) => [.. Inactive.Take(Math.Max(0, Inactive.Count - limit))];

    // What Azure does not date is kept: nobody can say that it is older.
    private static bool IsWithin(Revision revision, DateTimeOffset since) =>
        revision.CreatedTime is null || revision.CreatedTime >= since || revision.LastActiveTime is null || revision.LastActiveTime >= since;
}
