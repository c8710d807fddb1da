using RevisionTools.Cmdlets.Account;
using RevisionTools.Sandbox;

namespace RevisionTools;

/// <summary>Who is connected to what. Holds no token, and carries its connection with it inside the process: commands of other runspaces can use it by -Context.</summary>
public sealed record AcaContext
{
    /// <summary>What <see cref="Environment"/> says of a sandbox.</summary>
    internal const string SandboxEnvironment = "Sandbox";

    private string? _missing;

    /// <summary>What the connection is called in its runspace, for -Context.</summary>
    public required string Name { get; init; }

    /// <summary>Whether commands of the runspace that asks use this connection when they name none.</summary>
    public bool IsDefault => RunspaceConnections.Current?.IsDefault(this) ?? false;

    /// <summary>The Azure cloud, the host of its Azure Resource Manager for a cloud of your own, or <c>Sandbox</c>.</summary>
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

    /// <summary>How it was signed in, in words, for example <c>the managed identity</c>; null for a sandbox.</summary>
    public string? SignIn { get; init; }

    /// <summary>When the connection was made (UTC; the sandbox's own clock for a sandbox).</summary>
    public DateTimeOffset ConnectedTime { get; init; }

    /// <summary>Whether this is a sandbox, in memory or served by another process, and not Azure.</summary>
    public bool IsSandbox => Environment == SandboxEnvironment;

    /// <summary>The sandbox in memory, to look at its requests, move its clock or inject faults; null for Azure and for a served sandbox.</summary>
    public ContainerAppsSandbox? Sandbox { get; init; }

    /// <summary>Null where the object was not made by Connect-AcaAccount of this process.</summary>
    internal LiveConnection? Live { get; init; }

    /// <summary>Why this is no connection; null for one that can be used. The command that it was given to tells it.</summary>
    internal RevisionToolsException? Problem => (_missing ?? Live switch
    {
        null => $"The context '{Name}' was not made by Connect-AcaAccount and carries no connection.",
        { IsClosed: true } => $"The connection '{Name}' was closed by Disconnect-AcaAccount.",
        _ => null,
    }) is { } words ? new RevisionToolsException(FailureKind.NotConnected, words) : null;

    /// <summary>Stands in for a connection that is not there.</summary>
    internal static AcaContext Missing(string message) =>
        new() { Name = "", Environment = "", Endpoint = new Uri("about:blank"), _missing = message };
}
