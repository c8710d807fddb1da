namespace RevisionTools.Pruning;

/// <summary>Revisions that the rules that count are applied to by themselves.</summary>
/// <param name="Words">What they have in common, as it follows "active"; empty where that is only the app.</param>
/// <param name="NewestFirst">Those that count: up, and not failed.</param>
internal sealed record RevisionGroup(string Words, IReadOnlyList<Revision> NewestFirst)
{
    /// <param name="newestFirst">The revisions that count.</param>
    /// <param name="grouping">What they are grouped by.</param>
    /// <param name="labels">Which labels they have or had.</param>
    public static IEnumerable<RevisionGroup> Of(IReadOnlyList<Revision> newestFirst, RetentionGrouping grouping, LabelHoldings labels) => grouping switch
    {
        RetentionGrouping.Image => Grouped(newestFirst, WithImages),
        RetentionGrouping.Label => Grouped(newestFirst, revision => WithLabels(revision, labels)),
        _ => [new RevisionGroup("", newestFirst)],
    };

    /// <summary>The image repositories of a revision with their registries, each once.</summary>
    public static IEnumerable<string> RepositoriesOf(Revision revision) => revision.Containers
        .Select(container => $"{container.Registry}/{container.Repository}").Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<RevisionGroup> Grouped(IReadOnlyList<Revision> newestFirst, Func<Revision, IEnumerable<string>> wordsOf) => newestFirst
        .SelectMany(revision => wordsOf(revision).Select(words => (words, revision)))
        .GroupBy(pair => pair.words, pair => pair.revision, StringComparer.OrdinalIgnoreCase)
        .Select(group => new RevisionGroup(group.Key, [.. group]));

    private static IEnumerable<string> WithImages(Revision revision) => revision.Containers.Count == 0
        ? [" without an image"]
        : [$" with image {string.Join(" and ", RepositoriesOf(revision).Order(StringComparer.OrdinalIgnoreCase))}"];

    private static IEnumerable<string> WithLabels(Revision revision, LabelHoldings labels) =>
        labels.Of(revision).Select(holding => $" of label {holding.Label}").DefaultIfEmpty(" that never had a label");
}
