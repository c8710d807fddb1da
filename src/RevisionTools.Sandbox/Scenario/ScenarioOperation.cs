using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>A write of an app that is under way.</summary>
public sealed record ScenarioOperation
{
    /// <summary>Its id, which stands in the address that clients poll.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it does to the app.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OperationKind Kind { get; init; }

    /// <summary>When it began.</summary>
    public required ScenarioTime StartTime { get; init; }

    /// <summary>When it will be done; never when left out.</summary>
    public ScenarioTime? EndTime { get; init; }

    /// <summary>The code that it will end Failed with; it succeeds when left out.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The message to that code.</summary>
    public string? ErrorMessage { get; init; }
}
