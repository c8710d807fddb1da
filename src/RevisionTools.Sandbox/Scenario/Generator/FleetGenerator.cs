using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>Makes fleets of any size: of a hundred apps about as many of each kind as a company would have.</summary>
internal sealed class FleetGenerator(int revisions, int seed)
{
    internal const int MostApps = 100_000;
    internal const int MostRevisions = 10_000;
    internal const int MostInAll = 5_000_000;

    private const int AppsInGroup = 25;

    /// <summary>Of a hundred kinds of apps those from here on eat from a queue.</summary>
    private const int FirstFedByQueue = 75;

    private static readonly string[] s_regions = ["North Europe", "West Europe", "East US", "Southeast Asia"];
    private static readonly string[] s_teams = ["web", "pay", "orders", "data", "search", "mobile"];

    private readonly SandboxRandom _random = new(seed);

    internal SandboxScenario Generate(int apps)
    {
        List<ScenarioQueueLoad> queues = [];
        return new SandboxScenario
        {
            Seed = seed,
            Apps = [.. Enumerable.Range(0, apps).Select(index => App(index, queues))],
            Queues = queues,
        };
    }

    private ScenarioApp App(int index, List<ScenarioQueueLoad> queues)
    {
        var draw = _random.Between(0, 99, $"fleet/{index}/kind");
        var team = s_teams[_random.Between(0, s_teams.Length - 1, $"fleet/{index}/team")];
        GeneratedApp app = new(_random, revisions, index)
        {
            Team = team,
            Group = string.Create(CultureInfo.InvariantCulture, $"rg-fleet-{index / AppsInGroup:000}"),
            Location = s_regions[index / AppsInGroup % s_regions.Length],
        };
        if (draw >= FirstFedByQueue)
        {
            queues.Add(new ScenarioQueueLoad { Name = app.Queue, ArrivalsPerMinute = _random.Between(1, 60, $"fleet/{index}/arrivals") });
        }

        return draw switch
        {
            < 25 => app.SingleMode(),
            < 50 => app.Untidy(),
            < 65 => app.Canary(),
            < FirstFedByQueue => app.FailedNewest(),
            < 90 => app.EventWorker(),
            _ => app.Functions(),
        };
    }
}
