using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Gives named targets their weights. Who is not named keeps what he has, but for the one that takes the rest.</summary>
internal sealed class WeightEdit : TrafficEdit
{
    private readonly IReadOnlyList<(TrafficTarget Target, int Weight)> _weights;
    private readonly TrafficTarget? _remainder;
    private readonly bool _allowNotReady;

    /// <param name="weights">The targets and their weights.</param>
    /// <param name="remainder">Who gets what is left, or null.</param>
    /// <param name="allowNotReady">Whether a target may get more traffic before it is ready.</param>
    /// <param name="app">The app that they were found in.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficRequest"/> when a target is named twice.</exception>
    public WeightEdit(IReadOnlyList<(TrafficTarget Target, int Weight)> weights, TrafficTarget? remainder, bool allowNotReady, ContainerApp app)
    {
        (_weights, _remainder, _allowNotReady) = (weights, remainder, allowNotReady);
        var targets = Targets().ToList();
        for (var index = 0; index < targets.Count; index++)
        {
            if (targets.Skip(index + 1).FirstOrDefault(targets[index].Overlaps) is { } other)
            {
                var twice = ReferenceEquals(other, remainder) ? "named in -Weight and as -Remainder" : "named twice";
                throw TrafficFailure.Of(FailureKind.InvalidTrafficRequest, app, $"'{other}' of '{app.Name}' is {twice}: a target gets one share.");
            }
        }
    }

    /// <summary>Finds the targets that a person has named.</summary>
    /// <param name="weights">What targets are called, and whole percents.</param>
    /// <param name="remainder">Who gets what is left, or null.</param>
    /// <param name="allowNotReady">Whether a target may get more traffic before it is ready.</param>
    /// <param name="snapshot">The app.</param>
    public static WeightEdit Of(IEnumerable<KeyValuePair<string, int>> weights, string? remainder, bool allowNotReady, AppSnapshot snapshot) => new(
        [.. weights.Select(pair => (TrafficTargets.Find(pair.Key, snapshot), pair.Value))],
        remainder is null ? null : TrafficTargets.Find(remainder, snapshot),
        allowNotReady,
        snapshot.App);

    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        foreach (var target in Targets())
        {
            target.RequireUnmoved(snapshot);
        }

        var table = _weights.Aggregate(app.Traffic, (edited, next) => WeightEdits.Set(edited, next.Target, next.Weight));
        if (_remainder is { } remainder)
        {
            var others = table.Where(entry => !remainder.Covers(entry)).ToList();
            var rest = 100 - others.Sum(entry => (long)entry.Weight);
            if (rest < 0)
            {
                throw TrafficFailure.Of(
                    FailureKind.InvalidTrafficSum, app, $"Nothing is left for -Remainder '{remainder}': the others add up to {100 - rest} already ({Arithmetic(others)}).");
            }

            table = WeightEdits.Set(table, remainder, (int)rest);
        }

        TrafficGuard.RequireSum(app, table, () => Arithmetic(table));
        TrafficGuard.RequireTargets(snapshot, table, Targets().Select(target => target.Name), _allowNotReady);
        return table;
    }

    private string Arithmetic(IReadOnlyList<TrafficEntry> table)
    {
        var kept = table.Where(entry => !_weights.Any(named => named.Target.Covers(entry))).ToList();
        var asked = string.Join(" + ", _weights.Select(named => $"{named.Target}={named.Weight}"));
        return kept.Count == 0 ? $"{asked} as asked" : $"{asked} as asked, {string.Join(" + ", kept)} as it is";
    }

    private IEnumerable<TrafficTarget> Targets() => _weights.Select(named => named.Target).Concat(_remainder is null ? [] : [_remainder]);
}
