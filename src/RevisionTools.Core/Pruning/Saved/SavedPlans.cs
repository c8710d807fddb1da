namespace RevisionTools.Pruning.Saved;

/// <summary>A file with prune plans.</summary>
internal sealed record SavedPlans
{
    /// <summary>What <see cref="Format"/> says in every file of ours.</summary>
    public const string FormatName = "RevisionTools prune plans";

    /// <summary>Raised when a file of before cannot be read any more.</summary>
    public const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<SavedPlan> Plans { get; init; }
}
