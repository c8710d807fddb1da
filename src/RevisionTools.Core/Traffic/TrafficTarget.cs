using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Who is to get traffic: a revision, the latest-revision entry, or the entry that holds a label.</summary>
/// <param name="Name">The revision's full name, or <c>@latest</c>; with a label what the label was on when it was looked at.</param>
/// <param name="Label">The label by which it was named, or null.</param>
internal sealed record TrafficTarget(string Name, string? Label = null)
{
    public bool IsLatest => Name == TrafficEntry.LatestTarget;

    public bool Covers(TrafficEntry entry) => Label is { } label ? entry.HasLabel(label) : Names.Same(entry.Target, Name);

    /// <summary>Whether an entry could belong to both.</summary>
    public bool Overlaps(TrafficTarget other) =>
        Names.Same(Name, other.Name) && (Label is null || other.Label is null || Names.Same(Label, other.Label));

    public TrafficEntry NewEntry(int weight) =>
        IsLatest ? new TrafficEntry { LatestRevision = true, Weight = weight } : new TrafficEntry { RevisionName = Name, Weight = weight };

    /// <summary>Makes sure that a label is where it was when the change was agreed to. One that went with the entry of a purged revision is not missed.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.TrafficChanged"/></exception>
    public void RequireUnmoved(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        var now = Label is { } label ? app.Traffic.FirstOrDefault(entry => entry.HasLabel(label))?.Target : Name;
        if (!Names.Same(now, Name) && (now is not null || IsLatest || snapshot.Find(Name) is not null))
        {
            throw TrafficFailure.Changed(
                app, $"Label '{Label}' of '{app.Name}' was on '{Name}' and is on {(now is null ? "nothing" : $"'{now}'")} now.");
        }
    }

    public override string ToString() => Label is null ? Name : $"{Name} (label {Label})";
}
