namespace RevisionTools;

/// <summary>Something that is wrong with a traffic table.</summary>
public sealed record TrafficProblem
{
    /// <summary>What is wrong; the name does not change.</summary>
    public required TrafficProblemKind Kind { get; init; }

    /// <summary>The revision that it is about; null where it is the app or the whole table.</summary>
    public string? RevisionName { get; init; }

    /// <summary>What is wrong, in a sentence with names.</summary>
    public required string Message { get; init; }

    /// <summary>Kind and message.</summary>
    public override string ToString() => $"{Kind}: {Message}";
}
