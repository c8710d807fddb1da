using System.Management.Automation;

namespace RevisionTools.Cmdlets.Account;

/// <summary>What Azure PowerShell says of its sign-in.</summary>
/// <param name="Account">Who is signed in.</param>
/// <param name="TenantId">The tenant; null where it names none.</param>
/// <param name="SubscriptionId">The chosen subscription; null where there is none.</param>
/// <param name="Environment">The name of the cloud.</param>
internal sealed record AzureLogin(string Account, string? TenantId, string? SubscriptionId, string? Environment)
{
    /// <summary>The sign-in of the session; null where nobody is signed in. On the pipeline thread only.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.AuthenticationFailed"/>: there is no Azure PowerShell, or it fails.</exception>
    public static AzureLogin? Read() =>
        AzurePowerShell.Run("Get-AzContext") is [var context, ..] && Text(context, "Account", "Id") is { } account
            ? new AzureLogin(account, Text(context, "Tenant", "Id"), Text(context, "Subscription", "Id"), Text(context, "Environment", "Name"))
            : null;

    /// <summary>The same, and somebody has to be signed in.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.AuthenticationFailed"/></exception>
    public static AzureLogin Require() => Read() ?? throw new ServiceRequestException(
        FailureKind.AuthenticationFailed, "Azure PowerShell is there, but nobody is signed in with it. Run Connect-AzAccount first.");

    /// <summary>The cloud that it is signed in to; null for one that is none of Azure's own.</summary>
    public AzureEnvironment? Cloud => Enum.TryParse<AzureEnvironment>(Environment, ignoreCase: true, out var cloud) ? cloud : null;

    private static string? Text(PSObject from, string property, string inner) =>
        from.Properties[property]?.Value is { } value && PSObject.AsPSObject(value).Properties[inner]?.Value?.ToString() is { Length: > 0 } text
            ? text
            : null;
}
