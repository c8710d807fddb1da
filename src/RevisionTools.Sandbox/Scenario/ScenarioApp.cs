using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>A container app of a scenario.</summary>
public sealed record ScenarioApp
{
    /// <summary>The resource group; it need not be listed elsewhere.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>The app's name.</summary>
    public required string Name { get; init; }

    /// <summary>The Azure region, as Azure shows it.</summary>
    public string Location { get; init; } = "North Europe";

    /// <summary>The kind, for example functionapp.</summary>
    public string? Kind { get; init; }

    /// <summary>Tags, name by name.</summary>
    public JsonObject? Tags { get; init; }

    /// <summary>The managed identity, in ARM's own shape.</summary>
    public JsonObject? Identity { get; init; }

    /// <summary>The resource id of the managed environment; one of the region when left out.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>The domain that the host names of the environment end in; drawn from the seed when left out.</summary>
    public string? EnvironmentDomain { get; init; }

    /// <summary>The workload profile.</summary>
    public string WorkloadProfileName { get; init; } = "Consumption";

    /// <summary>The type of the workload profile, for example Consumption-GPU-NC8as-T4; the name is the type too when left out.</summary>
    public string? WorkloadProfileType { get; init; }

    /// <summary>When the app was made; just before its first revision when left out.</summary>
    public ScenarioTime? CreatedAt { get; init; }

    /// <summary>When the app was last written; just before its newest revision when left out.</summary>
    public ScenarioTime? LastModifiedAt { get; init; }

    /// <summary>properties.configuration in ARM's own shape: mode, ingress with traffic, secrets, Dapr and the rest. A secret without a value gets one.</summary>
    public JsonObject? Configuration { get; init; }

    /// <summary>properties.template in ARM's own shape: the default for all revisions. What the newest revision gives of its own counts for the app too.</summary>
    public JsonObject? Template { get; init; }

    /// <summary>The requests that come to its ingress each second; while it is 0, revisions keep the replicas that they are given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double RequestsPerSecond { get; init; }

    /// <summary>The functions of a function app, in each of its revisions that has no list of its own.</summary>
    public IReadOnlyList<ScenarioFunction> Functions { get; init; } = [];

    /// <summary>The latest revision that was ready, when it is not the newest that can be. Newer ones are still starting, or have failed.</summary>
    public string? LatestReadyRevisionName { get; init; }

    /// <summary>The revisions, oldest first.</summary>
    public IReadOnlyList<ScenarioRevision> Revisions { get; init; } = [];

    /// <summary>Where the app is to the last detail; written by an export.</summary>
    public ScenarioAppState? State { get; init; }

    /// <summary>How many revisions were ever made: at least as many as the highest number in a name says.</summary>
    internal int RevisionsMade => State?.RevisionsMade ??
        Revisions.Select(NumberAfter).Append(Revisions.Count).Max();

    /// <summary>Whether some were purged: then traffic may still name them.</summary>
    internal bool HasPurged => RevisionsMade > Revisions.Count;

    private int NumberAfter(ScenarioRevision revision)
    {
        var suffix = revision.FullName(Name)[(Name.Length + 2)..];
        return suffix.Length == 7 && int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number + 1 : 0;
    }
}
