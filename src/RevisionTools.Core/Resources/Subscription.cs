namespace RevisionTools;

/// <summary>An Azure subscription that the account can see.</summary>
internal sealed record Subscription(string SubscriptionId, string? DisplayName, string? State, string? TenantId);
