namespace RevisionTools.Pruning.Journal;

/// <summary>One run as a journal tells it.</summary>
/// <param name="id">Its id.</param>
/// <param name="work">What it does.</param>
/// <param name="started">When it began.</param>
internal sealed class JournalRun(string id, JournalWork work, DateTimeOffset started)
{
    private readonly Dictionary<(PruneWriteKind Kind, string ResourceId, DateTimeOffset? CreatedTime), JournalWrite> _byKey = [];
    private readonly List<JournalWrite> _writes = [];

    public string Id { get; } = id;

    public JournalWork Work { get; } = work;

    public DateTimeOffset Started { get; } = started;

    /// <summary>The keep rules by which it went last, in words.</summary>
    public string? Policy { get; set; }

    /// <summary>The ids of the runs that it undoes.</summary>
    public IReadOnlyList<string> Undoes { get; set; } = [];

    /// <summary>Whether it has ended; else it is under way or was cut off.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether it has ended with nothing left over.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Its writes, in the order in which each was first about to be sent.</summary>
    public IReadOnlyList<JournalWrite> Writes => _writes;

    public JournalWrite? Find(PruneWrite write) => _byKey.GetValueOrDefault(KeyOf(write));

    public void Begin(PruneWrite write, DateTimeOffset time)
    {
        if (Find(write) is not { } known)
        {
            known = new JournalWrite(write, time);
            _byKey.Add(KeyOf(write), known);
            _writes.Add(known);
        }

        if (write.Kind == PruneWriteKind.SetMaxInactive)
        {
            // A run that goes on may set another limit; what it found at first is what an undo goes back to.
            known.Write = write with { Before = known.Outcome == PruneWriteOutcome.NotDone ? write.Before : known.Write.Before };
        }

        known.Time = time;
        known.Outcome = null;
        known.IsReversed = false;
    }

    private static (PruneWriteKind, string, DateTimeOffset?) KeyOf(PruneWrite write) =>
        (write.Kind, write.ResourceKey, write.CreatedTime);
}
