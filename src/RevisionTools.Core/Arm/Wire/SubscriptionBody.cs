namespace RevisionTools.Arm.Wire;

/// <summary>A subscription on the wire.</summary>
internal sealed record SubscriptionBody
{
    public string? SubscriptionId { get; init; }

    public string? DisplayName { get; init; }

    public string? State { get; init; }

    public string? TenantId { get; init; }
}
