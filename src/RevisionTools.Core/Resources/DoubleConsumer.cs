namespace RevisionTools;

/// <summary>
/// A source that two or more active revisions of an app consume at once, so that old code works on what a new revision was made for; a timer
/// fires in each of them.
/// </summary>
public sealed record DoubleConsumer
{
    private readonly string[] _revisions = [];

    /// <summary>The source in short, as type and name.</summary>
    public required string Source { get; init; }

    /// <summary>What sort of thing it is. What Dapr and processes without ingress take work from is not known, only that each of the revisions may.</summary>
    public required EventConsumerKind Kind { get; init; }

    /// <summary>Names of the revisions, oldest first; two at least.</summary>
    public required IReadOnlyList<string> Revisions
    {
        get => _revisions;
        init => _revisions = IndexableList.Of(value);
    }

    /// <summary>The source and its revisions.</summary>
    public override string ToString() => $"{Source}: {string.Join(", ", Revisions)}";
}
