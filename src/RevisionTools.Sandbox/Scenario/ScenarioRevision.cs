using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>A revision of a scenario's app.</summary>
public sealed record ScenarioRevision
{
    /// <summary>The full name, which begins with the app's name and two dashes. Give this or the suffix.</summary>
    public string? Name { get; init; }

    /// <summary>The name after the two dashes. Give this or the name.</summary>
    public string? Suffix { get; init; }

    /// <summary>When it was made.</summary>
    public required ScenarioTime CreatedTime { get; init; }

    /// <summary>Whether it is active.</summary>
    public bool Active { get; init; } = true;

    /// <summary>When its last shutdown began; Azure shows it of inactive revisions.</summary>
    public ScenarioTime? LastActiveTime { get; init; }

    /// <summary>Its replicas now; 0 for an active one is scaled to zero. One, or the least that the template asks for, when left out.</summary>
    public int? Replicas { get; init; }

    /// <summary>A running state to report instead of the one that fits: Azure adds words without notice.</summary>
    public string? RunningState { get; init; }

    /// <summary>What comes, or came, of starting it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StartOutcome Outcome { get; init; }

    /// <summary>The image of its first container, when that is all it does not share with the app's template.</summary>
    public string? Image { get; init; }

    /// <summary>What of its template is not the app's: merged over that as JSON Merge Patch does, so arrays replace whole and null removes. A whole template in ARM's shape fits.</summary>
    public JsonObject? Template { get; init; }

    /// <summary>Its functions, where they are not the app's.</summary>
    public IReadOnlyList<ScenarioFunction>? Functions { get; init; }

    /// <summary>The registries that the app had a login for when it was made, and which it cannot start without; those of the app's configuration that its images come from when left out.</summary>
    public IReadOnlyList<string>? Registries { get; init; }

    /// <summary>Where it is to the last detail; written by an export.</summary>
    public ScenarioRevisionState? State { get; init; }

    /// <summary>The full name, from whichever was given.</summary>
    internal string FullName(string appName) => Name ?? $"{appName}--{Suffix}";
}
