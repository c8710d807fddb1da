namespace RevisionTools.Lifecycle;

/// <summary>Who consumes what in an app, over all of its active revisions.</summary>
internal static class EventSourceMap
{
    private const int NamesShown = 4;

    /// <summary>The sources in order of the oldest revision that has them.</summary>
    /// <param name="snapshot">The app, with the functions of function apps among the consumers where those are to count.</param>
    public static IReadOnlyList<EventSource> Of(AppSnapshot snapshot)
    {
        // What goes down ends its work by itself; what has failed has never begun.
        var consuming = snapshot.Revisions.Where(revision => revision.IsStanding && revision.Stage != RevisionStage.Failed)
            .SelectMany(revision => revision.EventConsumers.Select(consumer => (Consumer: consumer, revision.Name)));
        return
        [
            .. consuming.GroupBy(pair => pair.Consumer.Key).Select(source => new EventSource
            {
                Consumer = source.First().Consumer,
                Revisions = [.. source.Select(pair => pair.Name).Distinct()],
            }),
        ];
    }

    /// <summary>The sources that two or more revisions consume.</summary>
    public static IReadOnlyList<DoubleConsumer> Doubles(IEnumerable<EventSource> sources) =>
    [
        .. sources.Where(source => source.Revisions.Count > 1).Select(source => new DoubleConsumer
        {
            Source = source.Source,
            Kind = source.Consumer.Kind,
            Revisions = source.Revisions,
        }),
    ];

    /// <summary>One short sentence for an app in which sources are consumed twice; null where none is.</summary>
    public static string? Warning(ContainerApp app, IReadOnlyList<DoubleConsumer> doubles)
    {
        if (doubles.Count == 0)
        {
            return null;
        }

        // Of some kinds nobody can see what they listen to.
        var isSeen = doubles.Any(one => one.Kind is EventConsumerKind.ScaleRule or EventConsumerKind.FunctionApp);
        var names = doubles.SelectMany(one => one.Revisions).Distinct().ToList();
        var revisions = names.Count <= NamesShown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more";
        return $"App '{app.Name}': several active revisions {(isSeen ? "take" : "may take")} work from {string.Join(", ", doubles.Select(one => one.Source))} "
            + $"at once, whatever their traffic weight: {revisions}.";
    }
}
