using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>The state that a sandbox starts from, as data. In JSON the same names in camel case.</summary>
public sealed record SandboxScenario
{
    /// <summary>Where the JSON schema of this file is; for editors, otherwise without meaning.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Where the clock starts. When left out, whoever starts the sandbox decides, and all times must be relative.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Where the sandbox's chance begins, unless whoever starts it gives another seed.</summary>
    public int? Seed { get; init; }

    /// <summary>Items in a page of a list; 0 sends lists whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PageSize { get; init; }

    /// <summary>Whether ARM's token buckets refuse requests once they are empty.</summary>
    public bool Throttling { get; init; } = true;

    /// <summary>The id of the subscription, a GUID.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The display name of the subscription.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>The id of the tenant, a GUID.</summary>
    public string? TenantId { get; init; }

    /// <summary>Resource groups beside those that the apps name.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = [];

    /// <summary>The container apps.</summary>
    public IReadOnlyList<ScenarioApp> Apps { get; init; } = [];

    /// <summary>The queues that the apps work on; apps name them in scale rules or functions.</summary>
    public IReadOnlyList<ScenarioQueueLoad> Queues { get; init; } = [];

    /// <summary>The storages of environments that volumes can be on.</summary>
    public IReadOnlyList<ScenarioStorage> Storages { get; init; } = [];

    /// <summary>What goes wrong, as soon as a request fits.</summary>
    public IReadOnlyList<SandboxFault> Faults { get; init; } = [];

    /// <summary>Reads a scenario file and checks all of it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ScenarioException">The file cannot be read, or something in it is wrong.</exception>
    public static SandboxScenario Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ScenarioJson.ReadFile(path));
    }

    /// <summary>Reads a scenario from JSON and checks all of it. Comments are allowed.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ScenarioException">Something in it is wrong.</exception>
    public static SandboxScenario Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var scenario = ScenarioJson.Read<SandboxScenario>(json);
        ScenarioChecks.Check(scenario);
        return scenario;
    }

    /// <summary>The fleet to learn and test on: some months of life of a web shop and its workers.</summary>
    /// <param name="seed">Where chance begins; it moves times by up to two minutes.</param>
    /// <returns>The scenario; its times are relative.</returns>
    public static SandboxScenario Sample(int seed = 1) => SampleFleet.Scenario(seed);

    /// <summary>Makes a fleet of any size: a likely mixture of apps in all states.</summary>
    /// <param name="apps">How many apps.</param>
    /// <param name="revisions">How many revisions each app has.</param>
    /// <param name="seed">Where chance begins; the same seed makes the same fleet.</param>
    /// <returns>The scenario; its times are relative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or more than 100,000 apps, 10,000 revisions each, or 5 million in all.</exception>
    public static SandboxScenario Generate(int apps, int revisions, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(apps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(apps, FleetGenerator.MostApps);
        ArgumentOutOfRangeException.ThrowIfLessThan(revisions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(revisions, FleetGenerator.MostRevisions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(revisions, Math.Max(1, FleetGenerator.MostInAll / apps));
        return new FleetGenerator(revisions, seed).Generate(apps);
    }

    /// <summary>Makes a scenario of live apps, from what Azure CLI prints. Values of secrets are left behind.</summary>
    /// <param name="apps">Outputs of <c>az containerapp show</c> or <c>list</c>.</param>
    /// <param name="revisions">Outputs of <c>az containerapp revision list --all</c> for these apps.</param>
    /// <param name="time">When that was printed: the scenario's time, unless something in it is later.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ScenarioException">Something is not what Azure CLI prints, or an app is without revisions.</exception>
    public static SandboxScenario Import(IEnumerable<string> apps, IEnumerable<string> revisions, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(apps);
        ArgumentNullException.ThrowIfNull(revisions);
        return ScenarioImporter.Import(apps, revisions, time);
    }

    /// <summary>The scenario as indented JSON.</summary>
    /// <returns>The JSON; <see cref="Parse"/> reads it.</returns>
    public string ToJson() => ScenarioJson.Write(this);
}
