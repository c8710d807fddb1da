namespace RevisionTools.Sandbox;

/// <summary>What an export keeps of an app that nobody writes by hand.</summary>
public sealed record ScenarioAppState
{
    /// <summary>How many revisions were ever made, purged ones too; numbers the next name.</summary>
    public required int RevisionsMade { get; init; }

    /// <summary>How many writes there were; keeps the draws of later ones apart.</summary>
    public required int Writes { get; init; }

    /// <summary>The write that is under way.</summary>
    public ScenarioOperation? Operation { get; init; }

    /// <summary>Whether its load is known although it is 0 now: then its revisions go to zero.</summary>
    public bool IsLoadKnown { get; init; }

    /// <summary>When inactive revisions beyond the limit are purged.</summary>
    public ScenarioTime? PurgeDue { get; init; }

    /// <summary>How many purges were planned; keeps the draws of later ones apart.</summary>
    public int Purges { get; init; }

    /// <summary>The full names of the revisions that a stop took down, for a start to bring up; left out while the app is not stopped.</summary>
    public IReadOnlyList<string>? StoppedRevisions { get; init; }
}
