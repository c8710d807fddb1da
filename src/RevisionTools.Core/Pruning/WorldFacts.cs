using System.Globalization;
using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>
/// What of a world a plan depends on, as words and values in an order of their own: two worlds with the same facts are planned alike at the
/// same moment. What comes and goes by itself is not among them: replica counts, running states of what is up, and text.
/// </summary>
internal sealed class WorldFacts
{
    public const string Created = "created";

    public const string Down = "down";

    public const string EventConsumers = "event consumers";

    public const string HasFailed = "has failed";

    public const string LastActive = "last active";

    public const string Limit = "limit of inactive revisions";

    public const string Readiness = "readiness";

    public const string State = "state";

    private const string None = "none";

    private readonly bool _agesByUse;

    private WorldFacts(PruneWorld world, RetentionPolicy policy)
    {
        _agesByUse = policy.KeepSinceActive is not null;
        App = OfApp(world);
        SortedDictionary<string, IReadOnlyDictionary<string, string>> revisions = new(StringComparer.OrdinalIgnoreCase);
        foreach (var revision in world.Snapshot.Revisions)
        {
            revisions[revision.Name] = OfRevision(revision, world);
        }

        Revisions = revisions;
    }

    /// <summary>What was read of the app, by name.</summary>
    public IReadOnlyDictionary<string, string> App { get; }

    /// <summary>The same for each of its revisions, by the revision's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Revisions { get; }

    /// <param name="world">The world.</param>
    /// <param name="policy">The rules, which say which facts count.</param>
    public static WorldFacts Of(PruneWorld world, RetentionPolicy policy) => new(world, policy);

    private static SortedDictionary<string, string> OfApp(PruneWorld world)
    {
        var app = world.Snapshot.App;
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal)
        {
            ["revision mode"] = app.RevisionMode.ToLowerInvariant(),
            ["traffic"] = Text(app.Traffic.Select(entry => entry.ToString().ToLowerInvariant())),
            ["latest revision"] = Text(app.LatestRevisionName?.ToLowerInvariant()),
            ["latest ready revision"] = Text(app.LatestReadyRevisionName?.ToLowerInvariant()),
            [Limit] = Text(PurgeForecast.LimitOf(app)),
            ["kind"] = Text(app.Kind?.ToLowerInvariant()),
            ["ingress"] = app.IngressEnabled ? "on" : "off",
        };
        foreach (var name in PruneTags.All)
        {
            facts[$"tag {name}"] = Text(app.Tags.FirstOrDefault(tag => Names.Same(tag.Key, name)).Value);
        }

        foreach (var label in world.LabelHistory.GroupBy(record => record.Label, StringComparer.OrdinalIgnoreCase))
        {
            facts[$"history of label {label.Key}"] = Text(label.Select(Text));
        }

        return facts;
    }

    private SortedDictionary<string, string> OfRevision(Revision revision, PruneWorld world)
    {
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal)
        {
            [Created] = Text(revision.CreatedTime),
            [State] = StateOf(revision),
            ["weight"] = WeightOf(revision),
            ["labels"] = Text(revision.Labels),
            ["images"] = Text(revision.Images),
        };

        // Of one that is down nobody looks at it, and functions of such a one cannot be read.
        facts[EventConsumers] = facts[State] == Down ? None : Text(revision.EventConsumers.Select(consumer => $"{consumer.Kind} {consumer.Type}:{consumer.Name} {consumer.SourceId ?? consumer.Source}".TrimEnd()));
        if (_agesByUse)
        {
            facts[LastActive] = Text(revision.LastActiveTime);
            facts[HasFailed] = StageRules.HasFailed(revision) ? "yes" : "no";
        }

        if (world.Readiness.TryGetValue(revision.Name, out var readiness))
        {
            facts[Readiness] = readiness.ToString();
        }

        return facts;
    }

    // A revision goes from Active to Ready with its traffic, which is a fact of its own, and from Deactivating to Inactive by itself.
    private static string StateOf(Revision revision) => revision.Stage switch
    {
        RevisionStage.Active or RevisionStage.Ready =>
            revision.EventConsumers.Count == 0 || EventHandover.IsHealthy(revision) ? "up" : "up, impaired",
        RevisionStage.Provisioning => "not ready yet",
        RevisionStage.Failed => "failed",
        RevisionStage.Inactive or RevisionStage.Deactivating => Down,
        _ => revision.Active is null ? "unknown, and whether it is active too" : "unknown",
    };

    // What the traffic table gives it is told with the table.
    private static string WeightOf(Revision revision)
    {
        var counted = revision.TrafficWeight ?? 0;
        return counted == revision.ConfiguredWeight ? "as the traffic says" : $"{counted} %";
    }

    private static string Text(LabelHistoryRecord record) => $"{record.RevisionName} from {Text(record.Start)} to {Text(record.Stop)} {record.Status}".TrimEnd();

    private static string Text(IEnumerable<string> values) => Text(string.Join(", ", values.Order(StringComparer.OrdinalIgnoreCase)));

    private static string Text(DateTimeOffset? moment) => Text(moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(string? value) => string.IsNullOrEmpty(value) ? None : value;
}
