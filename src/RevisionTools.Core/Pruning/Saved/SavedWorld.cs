using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning.Saved;

/// <summary>All that a plan was made from.</summary>
internal sealed record SavedWorld
{
    public required SavedApp App { get; init; }

    public required IReadOnlyList<SavedRevision> Revisions { get; init; }

    /// <summary>Where labels have been; null where it was not read.</summary>
    public IReadOnlyList<SavedLabelRecord>? LabelHistory { get; init; }

    /// <summary>Whether revisions could start again, by name; null where it was not read.</summary>
    public IReadOnlyDictionary<string, ReadinessResult>? Readiness { get; init; }

    public static SavedWorld Of(PruneWorld world) => new()
    {
        App = SavedApp.Of(world.Snapshot.App),
        Revisions = [.. world.Snapshot.Revisions.Select(SavedRevision.Of)],
        LabelHistory = world.LabelHistory.Count == 0 ? null : [.. world.LabelHistory.Select(SavedLabelRecord.Of)],
        Readiness = world.Readiness.Count == 0 ? null : world.Readiness,
    };

    public PruneWorld ToWorld()
    {
        var app = App.ToApp();
        return new PruneWorld(new AppSnapshot(app, Revisions.Select(revision => revision.ToRevision(app))))
        {
            LabelHistory = [.. (LabelHistory ?? []).Select(record => record.ToRecord(app))],
            Readiness = new Dictionary<string, ReadinessResult>(Readiness ?? new Dictionary<string, ReadinessResult>(), StringComparer.OrdinalIgnoreCase),
        };
    }
}
