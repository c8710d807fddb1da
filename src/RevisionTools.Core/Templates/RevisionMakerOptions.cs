namespace RevisionTools.Templates;

/// <summary>How revisions are made.</summary>
internal sealed record RevisionMakerOptions
{
    /// <summary>Whether to wait until the revision is ready, or has failed.</summary>
    public bool Wait { get; init; }

    /// <summary>How long to wait for another operation to end, and again for the revision.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
