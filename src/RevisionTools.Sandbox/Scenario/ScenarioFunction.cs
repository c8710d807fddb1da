namespace RevisionTools.Sandbox;

/// <summary>A function of a function app.</summary>
public sealed record ScenarioFunction
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>httpTrigger, timerTrigger, queueTrigger, serviceBusTrigger or eventHubTrigger.</summary>
    public required string TriggerType { get; init; }

    /// <summary>As Azure words it.</summary>
    public string Language { get; init; } = "dotnet-isolated";

    /// <summary>Whether its trigger is off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>What feeds it: the name of a queue or hub, or a schedule (NCRONTAB or a span of time). ARM does not show it.</summary>
    public string? Source { get; init; }

    internal static ScenarioFunction Of(SandboxFunction function) => new()
    {
        Name = function.Name,
        TriggerType = function.TriggerType,
        Language = function.Language,
        IsDisabled = function.IsDisabled,
        Source = function.Source,
    };

    internal SandboxFunction ToFunction() => new(Name, TriggerType, Language, IsDisabled, Source);
}
