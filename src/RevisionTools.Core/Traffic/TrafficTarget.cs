namespace RevisionTools.Traffic;

/// <summary>Who is to get traffic: a revision, the latest-revision entry, or the entry that holds a label.</summary>
/// <param name="Name">The revision's full name, or <c>@latest</c>; with a label what the label was on when it was looked at.</param>
/// <param name="Label">The label by which it was named, or null.</param>
internal sealed record TrafficTarget(string Name, string? Label = null)
{
    public bool IsLatest => Name == TrafficEntry.LatestTarget;

    public bool Covers(TrafficEntry entry) => Label is { } label ? entry.HasLabel(label) : Same(entry.Target, Name);

    /// <summary>Whether an entry could belong to both.</summary>
    public bool Overlaps(TrafficTarget other) =>
        Same(Name, other.Name) && (Label is null || other.Label is null || Same(Label, other.Label));

    public TrafficEntry NewEntry(int weight) =>
        IsLatest ? new TrafficEntry { LatestRevision = true, Weight = weight } : new TrafficEntry { RevisionName = Name, Weight = weight };

    /// <summary>Makes sure that a label is where it was when the change was agreed to.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.TrafficChanged"/></exception>
    public void RequireUnmoved(ContainerApp app)
    {
        var now = Label is { } label ? app.Traffic.FirstOrDefault(entry => entry.HasLabel(label))?.Target : Name;
        if (!Same(now, Name))
        {
            throw TrafficFailure.Changed(
                app, $"Label '{Label}' of '{app.Name}' was on '{Name}' and is on {(now is null ? "nothing" : $"'{now}'")} now.");
        }
    }

    public override string ToString() => Label is null ? Name : $"{Name} (label {Label})";

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
