namespace RevisionTools.Accounts;

/// <summary>What a token of the caller's own sign-in is asked for with.</summary>
/// <param name="Resource">The resource, for example <c>https://management.azure.com</c>.</param>
/// <param name="TenantId">The tenant; null for that of the caller.</param>
internal sealed record CallerTokenRequest(string Resource, string? TenantId);
