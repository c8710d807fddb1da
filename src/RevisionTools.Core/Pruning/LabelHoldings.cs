namespace RevisionTools.Pruning;

/// <summary>Which labels each revision of an app has or had: by the traffic table now, and by the labels' history before.</summary>
internal sealed class LabelHoldings
{
    // The platform's word for a label that never came to the revision.
    private const string FailedStatus = "Failed";

    private readonly Dictionary<string, Dictionary<string, LabelHolding>> _byRevision = new(StringComparer.OrdinalIgnoreCase);

    public LabelHoldings(PruneWorld world)
    {
        foreach (var record in world.LabelHistory)
        {
            if (record is { RevisionName: { } revisionName } && !Names.Same(record.Status, FailedStatus))
            {
                var holdings = HoldingsOf(revisionName);
                var until = record.Stop ?? DateTimeOffset.MaxValue;
                if (!holdings.TryGetValue(record.Label, out var known) || known.Until < until)
                {
                    holdings[record.Label] = new LabelHolding(record.Label, false, until);
                }
            }
        }

        foreach (var revision in world.Snapshot.Revisions)
        {
            foreach (var label in revision.Labels)
            {
                HoldingsOf(revision.Name)[label] = new LabelHolding(label, true, DateTimeOffset.MaxValue);
            }
        }
    }

    /// <summary>The labels that the revision has or had, in the order of their names.</summary>
    public IEnumerable<LabelHolding> Of(Revision revision) => _byRevision.TryGetValue(revision.Name, out var holdings)
        ? holdings.Values.OrderBy(holding => holding.Label, StringComparer.OrdinalIgnoreCase)
        : [];

    private Dictionary<string, LabelHolding> HoldingsOf(string revisionName)
    {
        if (!_byRevision.TryGetValue(revisionName, out var holdings))
        {
            holdings = new(StringComparer.OrdinalIgnoreCase);
            _byRevision[revisionName] = holdings;
        }

        return holdings;
    }
}
