using System.Text.Json.Serialization;

namespace RevisionTools.Pruning.Journal;

/// <summary>One line of a journal as it stands in the file, in the order of its fields. Which of them are there follows from the kind.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record JournalLine
{
    /// <summary>The line's number in the file, from 1, so that a line that is missing is noticed.</summary>
    public required int Seq { get; init; }

    public required JournalLineKind Line { get; init; }

    /// <summary>Whose format it is; on the first line of each run.</summary>
    public string? Journal { get; init; }

    /// <summary>The version of the format.</summary>
    public int? Version { get; init; }

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    public required DateTimeOffset Time { get; init; }

    public JournalWork? Work { get; init; }

    /// <summary>The cloud, or <c>Sandbox</c>.</summary>
    public string? Cloud { get; init; }

    /// <summary>The keep rules in words.</summary>
    public string? Policy { get; init; }

    /// <summary>The caution interlocks that were lifted.</summary>
    public IReadOnlyList<string>? Lifts { get; init; }

    /// <summary>The ids of the runs that an undo is for.</summary>
    public IReadOnlyList<string>? Undoes { get; init; }

    /// <summary>The version of the module.</summary>
    public string? Module { get; init; }

    public PruneWriteKind? Kind { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>When the revision was made.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>The limit of inactive revisions before a write.</summary>
    public int? Before { get; init; }

    /// <summary>The limit of inactive revisions that a write sets.</summary>
    public int? After { get; init; }

    public PruneWriteOutcome? Outcome { get; init; }

    public string? Message { get; init; }

    /// <summary>Whether nothing was left over when the run ended.</summary>
    public bool? Complete { get; init; }

    /// <summary>How many results there were of each outcome since the run began or was resumed.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; init; }
}
