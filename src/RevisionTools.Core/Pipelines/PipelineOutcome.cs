namespace RevisionTools.Pipelines;

/// <summary>What came of a command, for one app or revision or as a whole: the variables of a pipeline and its summary are made of these.</summary>
/// <param name="Decision">In a word.</param>
internal sealed record PipelineOutcome(PipelineDecision Decision)
{
    /// <summary>The app with its group, for the summary.</summary>
    public string App { get; init; } = "";

    /// <summary>What of the app it is about, for the summary; where that is left out, <see cref="RevisionName"/>.</summary>
    public string? About { get; init; }

    /// <summary>The revision that it is about, for the variable <c>RevisionName</c>: empty where there is none, null where the command has nothing to say of it.</summary>
    public string? RevisionName { get; init; }

    /// <summary>The revision before it, for <c>PreviousRevisionName</c>; empty and null likewise.</summary>
    public string? PreviousRevisionName { get; init; }

    /// <summary>How it was, for the summary.</summary>
    public string Before { get; init; } = "";

    /// <summary>How it is now, or why not, for the summary.</summary>
    public string After { get; init; } = "";

    /// <summary>Variables that count something. Those of several outcomes are added up.</summary>
    public IReadOnlyList<(string Name, int Count)> Counts { get; init; } = [];

    /// <summary>A whole summary in Markdown. An outcome that has one speaks for the command as a whole, failures included.</summary>
    public string? Summary { get; init; }
}
