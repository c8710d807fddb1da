using RevisionTools.Sandbox;

namespace RevisionTools;

/// <summary>Who is connected to what in this runspace. Holds no token.</summary>
public sealed record AcaContext
{
    /// <summary>The Azure cloud, or <c>Sandbox</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Azure Resource Manager of the cloud, or the address of a sandbox that another process serves; the public cloud's for the sandbox in memory, which stands in for that.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The subscription that commands use when they name none, a GUID; null where several are visible and none was chosen.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The subscription's display name.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>The Microsoft Entra tenant, a GUID.</summary>
    public string? TenantId { get; init; }

    /// <summary>Who is signed in, as far as the token says.</summary>
    public string? Account { get; init; }

    /// <summary>When the connection was made (UTC; the sandbox's own clock for a sandbox).</summary>
    public DateTimeOffset ConnectedTime { get; init; }

    /// <summary>Whether this is a sandbox, in memory or served by another process, and not Azure.</summary>
    public bool IsSandbox => Environment == "Sandbox";

    /// <summary>The sandbox in memory, to look at its requests, move its clock or inject faults; null for Azure and for a served sandbox.</summary>
    public ContainerAppsSandbox? Sandbox { get; init; }
}
