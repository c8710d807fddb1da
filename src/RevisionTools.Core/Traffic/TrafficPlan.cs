using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>What an edit makes of the table that the user sees; and, right before the write, of the one that is there.</summary>
internal sealed class TrafficPlan
{
    private readonly AppSnapshot _seen;
    private readonly TrafficEdit _edit;

    /// <exception cref="RevisionToolsException">What forbids the edit.</exception>
    public TrafficPlan(AppSnapshot seen, TrafficEdit edit)
    {
        (_seen, _edit) = (seen, edit);
        After = edit.Apply(seen);
        GoingDown = Down(seen, After);
        Consequences = [.. GoingDown.Select(LastLabels.WhyDown), .. GhostEntries.Describe(Before, After, seen)];
    }

    public ContainerApp App => _seen.App;

    /// <summary>The table that the user sees.</summary>
    public IReadOnlyList<TrafficEntry> Before => _seen.App.Traffic;

    /// <summary>The table as it would be.</summary>
    public IReadOnlyList<TrafficEntry> After { get; }

    public bool IsNeeded => !TableDifferences.IsSame(Before, After);

    /// <summary>Revisions that the service takes down for the change.</summary>
    /// <remarks>ARM-FACTS 4.7: in Labels mode one that loses its last label.</remarks>
    public IReadOnlyList<string> GoingDown { get; }

    /// <summary>What else the change brings about, one sentence each.</summary>
    public IReadOnlyList<string> Consequences { get; }

    /// <summary>What comes of it where nothing is left to do.</summary>
    public TrafficChange Unchanged => Change(_seen, _seen, hasWritten: false, []);

    /// <summary>Both tables side by side, and what else the change brings about.</summary>
    public string Describe() =>
        TableDifferences.SideBySide(Before, After) + string.Concat(Consequences.Select(sentence => $"\n  {sentence}"));

    /// <summary>The patch that the fresh app needs, or null.</summary>
    /// <exception cref="RevisionToolsException">What forbids it by now; <see cref="FailureKind.TrafficChanged"/> when the table moved and what was asked for no longer fits.</exception>
    public JsonObject? PatchFor(AppState fresh)
    {
        var wanted = Apply(fresh.Snapshot);
        if (Down(fresh.Snapshot, wanted).Except(GoingDown, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } more)
        {
            throw TrafficFailure.Changed(App, $"Somebody else has moved labels meanwhile, so that more would go down than was agreed to: {LastLabels.WhyDown(more)}");
        }

        return TableDifferences.IsSame(fresh.App.Traffic, wanted) ? null : TrafficPatch.Of(wanted);
    }

    /// <summary>What came of it.</summary>
    public TrafficChange Outcome(AppUpdate update)
    {
        var (before, after) = (update.Before.Snapshot, update.After.Snapshot);
        var expected = update.HasWritten ? Apply(before) : before.App.Traffic;
        return Change(
            before, after, update.HasWritten, [.. TableDifferences.Between(Before, before.App.Traffic), .. TableDifferences.Between(expected, after.App.Traffic)]);
    }

    private IReadOnlyList<TrafficEntry> Apply(AppSnapshot fresh)
    {
        try
        {
            return _edit.Apply(fresh);
        }
        catch (RevisionToolsException refusal) when (refusal.Kind == FailureKind.InvalidTrafficSum && !TableDifferences.IsSame(Before, fresh.App.Traffic))
        {
            throw TrafficFailure.Changed(
                App, $"Somebody else has moved the traffic meanwhile ({string.Join("; ", TableDifferences.Between(Before, fresh.App.Traffic))}), and what was asked for no longer fits: {refusal.Message}");
        }
    }

    private static TrafficChange Change(AppSnapshot before, AppSnapshot after, bool hasWritten, IReadOnlyList<string> others) => new()
    {
        ContainerAppName = before.App.Name,
        ResourceGroupName = before.App.ResourceGroupName,
        SubscriptionId = before.App.SubscriptionId,
        ResourceId = before.App.ResourceId,
        Before = TrafficJoin.Join(before),
        After = TrafficJoin.Join(after),
        HasWritten = hasWritten,
        Changes = TableDifferences.Between(before.App.Traffic, after.App.Traffic),
        ChangedByOthers = others,
    };

    private static IReadOnlyList<string> Down(AppSnapshot snapshot, IReadOnlyList<TrafficEntry> table) =>
        [.. LastLabels.Lost(snapshot, table).Select(revision => revision.Name)];
}
