using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>One thing that goes wrong: which requests it meets, how often, and how.</summary>
/// <remarks>The errors are those of Azure Resource Manager and of its resource provider Microsoft.App.</remarks>
public sealed record SandboxFault
{
    /// <summary>The HTTP method it meets, in any case; null meets all.</summary>
    public string? Method { get; init; }

    /// <summary>The path it meets, without the query and in any case; <c>*</c> stands for any text and <c>?</c> for one
    /// character; null meets all. A text without these that does not begin with <c>/</c> meets every path that has it
    /// anywhere: <c>deactivate</c> is as good as <c>*deactivate*</c>.</summary>
    public string? Path { get; init; }

    /// <summary>How many requests it spoils; <see cref="int.MaxValue"/> spoils them all.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests pass before the first is spoiled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Skip { get; init; }

    /// <summary>What happens.</summary>
    public SandboxFaultKind Kind { get; init; }

    /// <summary>The HTTP status of <see cref="SandboxFaultKind.Status"/>; 0 answers as if there was no fault, for the sake of
    /// <see cref="Before"/> and <see cref="After"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Status { get; init; }

    /// <summary>The error code in the body; null takes the one that ARM gives for the status.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error message in the body; null takes one that fits the status and the request.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The Retry-After header, in whole seconds; null sends none, save with 429 (10 seconds).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the error comes as <c>{"code","message"}</c> without its <c>error</c> envelope, as old api-versions did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unwrapped { get; init; }

    /// <summary>Whether the error comes without a body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EmptyBody { get; init; }

    /// <summary>The whole body of the answer instead of an error: JSON, or what should be. Also with success statuses.</summary>
    public string? Body { get; init; }

    /// <summary>Items in a page for <see cref="SandboxFaultKind.Page"/>; 1 or more.</summary>
    public int PageSize { get; init; } = 1;

    /// <summary>The chance, from 0 to 1, that a matching request is spoiled; it follows from the sandbox's seed.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>How long it lasts: the blindness of <see cref="SandboxFaultKind.StaleReads"/>, the delay of
    /// <see cref="SandboxFaultKind.OperationStuck"/> (null: for ever), the lead of <see cref="SandboxFaultKind.ClockSkew"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What a second operator does right before the service sees the request.</summary>
    public SandboxIntervention? Intervention { get; init; }

    /// <summary>Called before the service sees the request, on the request's thread: a second operator, or a clock's leap.</summary>
    [JsonIgnore]
    public Action<ContainerAppsSandbox>? Before { get; init; }

    /// <summary>Called when the service has done its work and before its answer (or the loss of it) reaches the caller.</summary>
    [JsonIgnore]
    public Action<ContainerAppsSandbox>? After { get; init; }

    /// <summary>Reads faults from JSON, one or an array: the names of these properties in camel case, kinds too, spans as ISO 8601
    /// durations (PT10S).</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The faults.</returns>
    /// <exception cref="ScenarioException">Something in it is wrong; the message has the JSON path and the reason.</exception>
    public static IReadOnlyList<SandboxFault> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!json.AsSpan().TrimStart().StartsWith("["))
        {
            var fault = ScenarioJson.Read<SandboxFault>(json);
            FaultChecks.Check(fault, "$");
            return [fault];
        }

        var faults = ScenarioJson.Read<IReadOnlyList<SandboxFault>>(json);
        for (var index = 0; index < faults.Count; index++)
        {
            FaultChecks.Check(faults[index], $"$[{index}]");
        }

        return faults;
    }
}
