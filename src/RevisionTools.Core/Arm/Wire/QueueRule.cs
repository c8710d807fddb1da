namespace RevisionTools.Arm.Wire;

/// <summary>The storage queue kind of a scale rule.</summary>
internal sealed record QueueRule
{
    public string? AccountName { get; init; }

    public string? QueueName { get; init; }

    public string? QueueLength { get; init; }

    public List<ScaleRuleAuth?>? Auth { get; init; }
}
