namespace RevisionTools.Pruning.Saved;

/// <summary>The step of a saved plan that lowers the limit of inactive revisions.</summary>
internal sealed record SavedRetention
{
    public required int Before { get; init; }

    public required int After { get; init; }

    /// <summary>For people.</summary>
    public IReadOnlyList<string>? MayBePurged { get; init; }

    public static SavedRetention Of(PruneRetention step) =>
        new() { Before = step.Before, After = step.After, MayBePurged = [.. step.MayBePurged.Select(revision => revision.Name)] };
}
