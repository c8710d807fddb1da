namespace RevisionTools.Arm.Wire;

/// <summary>A secret that a scale rule is given.</summary>
internal sealed record ScaleRuleAuth
{
    public string? SecretRef { get; init; }

    public string? TriggerParameter { get; init; }
}
