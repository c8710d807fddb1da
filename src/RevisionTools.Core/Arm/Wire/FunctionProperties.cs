namespace RevisionTools.Arm.Wire;

/// <summary>Properties of a function; <c>state</c> came after <c>isDisabled</c>.</summary>
internal sealed record FunctionProperties
{
    public string? Name { get; init; }

    public string? TriggerType { get; init; }

    public string? Language { get; init; }

    public string? InvokeUrlTemplate { get; init; }

    public bool? IsDisabled { get; init; }

    public string? State { get; init; }
}
