namespace RevisionTools.Sandbox;

/// <summary>Which revision each label of an app was on, and when (ARM-FACTS 2, preview and 2026-07-01).</summary>
internal sealed class LabelHistory
{
    private readonly List<LabelRecord> _records;
    private Dictionary<string, string> _present = new(StringComparer.OrdinalIgnoreCase);

    internal LabelHistory()
        : this([])
    {
    }

    private LabelHistory(List<LabelRecord> records) => _records = records;

    /// <summary>The labels that have a history, in alphabetical order.</summary>
    internal IEnumerable<string> Labels => _records.Select(record => record.Label)
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of a label, newest first.</summary>
    internal IEnumerable<LabelRecord> Of(string label) => _records.Where(record => IsOf(record, label)).Reverse();

    /// <summary>Notes what has changed in the app's traffic since the last time.</summary>
    /// <returns>The revisions that lost a label and have none left.</returns>
    internal IReadOnlyList<string> Follow(SandboxApp app, DateTimeOffset now)
    {
        var before = _present;
        _present = TrafficTable.Labels(app);
        foreach ((var label, var revision) in before)
        {
            if (!IsStill(_present, label, revision))
            {
                _records.FindLast(record => record.Stop is null && IsOf(record, label))?.End(app, now);
            }
        }

        foreach ((var label, var revision) in _present)
        {
            if (!IsStill(before, label, revision))
            {
                _records.Add(new LabelRecord { Label = label, Revision = revision, Start = now });
            }
        }

        return [.. before.Values.Except(_present.Values, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Forgets a label's records, the present one too.</summary>
    /// <returns>Whether there were any.</returns>
    internal bool Forget(string label) => _records.RemoveAll(record => IsOf(record, label)) > 0;

    /// <summary>A copy that later changes do not touch.</summary>
    internal LabelHistory Copy() => new([.. _records.Select(record => record.Copy())]) { _present = _present };

    private static bool IsOf(LabelRecord record, string label) => record.Label.Equals(label, StringComparison.OrdinalIgnoreCase);

    private static bool IsStill(Dictionary<string, string> labels, string label, string revision) =>
        labels.TryGetValue(label, out var other) && other.Equals(revision, StringComparison.OrdinalIgnoreCase);
}
