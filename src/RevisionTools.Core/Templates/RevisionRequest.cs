namespace RevisionTools.Templates;

/// <summary>What somebody asks of a new revision.</summary>
internal sealed record RevisionRequest
{
    /// <summary>The revision that it is made from, by name or suffix; null for the newest that is ready.</summary>
    public string? From { get; init; }

    public TemplateChange Change { get; init; } = new();

    /// <summary>The suffix as it is to be; null to let Azure number it.</summary>
    public string? Suffix { get; init; }

    /// <summary>A commit, a build id or the like that the suffix is made of.</summary>
    public string? SuffixFrom { get; init; }

    /// <summary>Takes a revision that has the suffix already where it is the same.</summary>
    public bool ReuseIfSame { get; init; }

    /// <summary>The label to put on it.</summary>
    public string? Label { get; init; }

    /// <summary>Takes the label off another revision, and does without a registry's login.</summary>
    public bool Force { get; init; }

    /// <summary>Names the revision that gets the traffic now in place of the newest, whichever that is.</summary>
    public bool PinTraffic { get; init; }
}
