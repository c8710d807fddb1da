namespace RevisionTools.FaultRuns.Oracle;

/// <summary>What we have done to a revision.</summary>
internal sealed class Mark
{
    /// <summary>When the revision was made that was meant; another may have its name later.</summary>
    public DateTimeOffset Created { get; set; }

    /// <summary>Whether a call of ours took it down, and none has brought it up since.</summary>
    public bool IsDownByUs { get; set; }

    /// <summary>The routing that the last deactivation rested on.</summary>
    public string Routing { get; set; } = "";

    /// <summary>How many changes by others the app had seen when we touched it last.</summary>
    public int Others { get; set; }

    /// <summary>Calls that were served, by process.</summary>
    public List<ServedCall> Calls { get; } = [];
}
