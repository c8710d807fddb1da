namespace RevisionTools;

/// <summary>A source of work of an app, and the revisions that take work from it whatever their traffic weight.</summary>
public sealed record EventSource
{
    private readonly string[] _revisions = [];

    /// <summary>The source, as one of the revisions has it.</summary>
    public required EventConsumer Consumer { get; init; }

    /// <summary>Names of the active revisions that consume it, oldest first. Those that have failed or are going down are not among them.</summary>
    public required IReadOnlyList<string> Revisions
    {
        get => _revisions;
        init => _revisions = IndexableList.Of(value);
    }

    /// <summary>Type and source in short.</summary>
    public string Source => Consumer.ToString();

    /// <summary>The source and its revisions.</summary>
    public override string ToString() => $"{Source}: {string.Join(", ", Revisions)}";
}
