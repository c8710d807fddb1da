namespace RevisionTools.HelpBuilder.Model;

/// <summary>What a parameter is within one parameter set.</summary>
/// <param name="SetName">The set; <see cref="AllSets"/> for every one.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">The position counted from 0; <see langword="null"/> for a named parameter.</param>
/// <param name="FromPipeline">Whether it takes whole objects from the pipeline.</param>
/// <param name="FromPipelineByPropertyName">Whether it takes a property of the same name from the pipeline.</param>
internal sealed record SetMembership(
    string SetName,
    bool IsMandatory,
    int? Position,
    bool FromPipeline,
    bool FromPipelineByPropertyName)
{
    /// <summary>PowerShell's name for "every set".</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>The words that help pages use for the pipeline input.</summary>
    public string PipelineInput => (FromPipeline, FromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>The words that help pages use for the position.</summary>
    public string PositionText =>
        Position is int position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "named";
}
