using System.Globalization;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>An app of a generated fleet, in one of the conditions that apps are found in.</summary>
internal sealed class GeneratedApp(SandboxRandom random, int revisions, int index)
{
    private const string Registry = "contoso.azurecr.io/";

    internal required string Team { get; init; }

    internal required string Group { get; init; }

    internal required string Location { get; init; }

    private int Newest => revisions - 1;

    /// <summary>One active revision and those that it replaced.</summary>
    internal ScenarioApp SingleMode() => App(
        "web", Configuration("Single", ArmParts.Ingress(8080)), number => number == Newest ? Up(number, 1, 4) : Down(number));

    /// <summary>Multiple mode that nobody tidies: half of the old revisions are still active, most of them asleep; a few say what nobody has heard of.</summary>
    internal ScenarioApp Untidy() => App(
        "api",
        Configuration("Multiple", ArmParts.Ingress(8080, [ArmParts.To(NameOf("api", Newest), 100)])),
        number => number == Newest ? Up(number, 1, 6) : number >= revisions / 2 ? Stale(number) : Down(number));

    /// <summary>A canary in progress, with a labelled fallback; or all to a labelled stable one where there are too few revisions.</summary>
    internal ScenarioApp Canary() => App(
        "shop",
        Configuration("Multiple", ArmParts.Ingress(8080, CanaryTraffic())),
        number => number >= Newest - 2 ? Up(number, 1, 4) : Down(number));

    /// <summary>The newest cannot start; the one before serves through the latestRevision entry.</summary>
    internal ScenarioApp FailedNewest() => App(
        "search",
        Configuration("Multiple", ArmParts.Ingress(3000, [ArmParts.ToLatest(100)])),
        number => number == Newest ? Broken(number) : number == Newest - 1 ? Up(number, 1, 3) : Down(number));

    /// <summary>The queue that a worker or a function app eats from.</summary>
    internal string Queue => string.Create(CultureInfo.InvariantCulture, $"queue-{index:00000}");

    /// <summary>No ingress; the newest revisions all consume one queue.</summary>
    internal ScenarioApp EventWorker() => App(
        "worker",
        Configuration("Multiple", ingress: null, ["servicebus-connection"]),
        number => number >= Newest - Draw(number: 0, 0, 3, "consumers") ? Up(number, 0, 3) : Down(number),
        $$$"""
        [{"name":"queue","custom":{"type":"azure-servicebus","metadata":{"queueName":"{{{Queue}}}","messageCount":"20"},
          "auth":[{"secretRef":"servicebus-connection","triggerParameter":"connection"}]}}]
        """);

    /// <summary>A function app, whose rules ARM does not show.</summary>
    internal ScenarioApp Functions() => App(
        "func",
        Configuration("Multiple", ArmParts.Ingress(80, [ArmParts.To(NameOf("func", Newest), 100)]), ["storage-connection"]),
        number => number >= Newest - 1 ? Up(number, 0, 2) : Down(number)) with
    {
        Kind = "functionapp",
        Functions =
        [
            new ScenarioFunction { Name = "Accept", TriggerType = "httpTrigger" },
            new ScenarioFunction { Name = "Process", TriggerType = "serviceBusTrigger", Source = Queue },
            new ScenarioFunction { Name = "CleanUp", TriggerType = "timerTrigger", Source = "0 0 * * * *" },
        ],
    };

    private ScenarioApp App(string kind, JsonObject configuration, Func<int, ScenarioRevision> revision, string? rules = null) => ArmParts.WithLogin(new()
    {
        ResourceGroup = Group,
        Name = AppName(kind),
        Location = Location,
        Tags = new JsonObject { ["team"] = Team },
        Configuration = configuration,
        Template = ArmParts.Template(AppName(kind), Image(Newest), rules: rules),
        Revisions = [.. Enumerable.Range(0, revisions).Select(revision)],
    });

    private static JsonObject Configuration(string mode, JsonObject? ingress, IReadOnlyList<string>? secrets = null) =>
        ArmParts.Configuration(mode, ingress, secrets: secrets);

    private JsonObject[] CanaryTraffic() => revisions switch
    {
        1 => [ArmParts.To(NameOf("shop", Newest), 100, "stable")],
        2 => [ArmParts.To(NameOf("shop", Newest - 1), 90, "stable"), ArmParts.To(NameOf("shop", Newest), 10, "canary")],
        _ =>
        [
            ArmParts.To(NameOf("shop", Newest - 1), 90, "stable"),
            ArmParts.To(NameOf("shop", Newest), 10, "canary"),
            ArmParts.To(NameOf("shop", Newest - 2), 0, "previous"),
        ],
    };

    private string AppName(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{index:00000}");

    private string NameOf(string kind, int number) => $"{AppName(kind)}--{Suffix(number)}";

    private string Suffix(int number) => RevisionRow.Suffix("x" + random.Alphanumeric(6, $"fleet/{index}/suffix"), number);

    /// <summary>Every build has a tag of its own: 0.0.0, 0.0.1 and so on.</summary>
    private string Image(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Registry}{Team}/app-{index}:{number / 20}.{number / 4 % 5}.{number % 4}");

    private ScenarioRevision Up(int number, int least, int most) =>
        RevisionRow.One(Suffix(number), Image(number), Age(number), Draw(number, least, most, "replicas"));

    private ScenarioRevision Down(int number) =>
        RevisionRow.Inactive(Suffix(number), Image(number), Age(number), Age(number + 1));

    private ScenarioRevision Stale(int number) => Draw(number, 0, 99, "state") switch
    {
        < 2 => Up(number, 1, 1) with { RunningState = "Rebalancing" },
        < 70 => Up(number, 0, 0),
        _ => Up(number, 1, 2),
    };

    private ScenarioRevision Broken(int number) => Up(number, 1, 1) with
    {
        Outcome = Draw(number, 0, 1, "outcome") == 0 ? StartOutcome.ImagePullFails : StartOutcome.ContainerCrashes,
    };

    /// <summary>A release every one to four days, some hours earlier or later.</summary>
    private TimeSpan Age(int number)
    {
        var pace = Draw(number: 0, 1, 4, "pace") * 24;
        return TimeSpan.FromMinutes((((revisions - number) * pace) - Draw(number, 0, 12, "hour")) * 60 + Draw(number, 0, 59, "minute"));
    }

    private int Draw(int number, int least, int most, string purpose) =>
        random.Between(least, most, $"fleet/{index}/{number}/{purpose}");
}
