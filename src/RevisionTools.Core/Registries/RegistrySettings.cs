using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Registries;

/// <summary>What it takes to ask Azure Container Registries of a cloud.</summary>
/// <param name="Credential">Gives tokens for registries; null where the connection has only a token for Azure Resource Manager, which no registry gets.</param>
/// <param name="Suffix">What the host names of the cloud's registries end in; null where that is not known.</param>
/// <param name="Transport">Where requests go instead of the network; the owner disposes of it.</param>
/// <param name="StandIn">A sandbox on this machine that stands in for all hosts; it is told by the Host header which is meant.</param>
/// <param name="Time">Says when a time-out is over.</param>
internal sealed record RegistrySettings(TokenCredential? Credential, string? Suffix, HttpMessageHandler? Transport, Uri? StandIn, TimeProvider Time)
{
    /// <summary>What tokens for registries are asked for; one that is good for Azure Resource Manager never goes to a registry.</summary>
    public const string Scope = "https://containerregistry.azure.net/.default";

    /// <summary>Told of every request, as <see cref="ArmOptions.Log"/> is of others.</summary>
    public Func<ArmRequestRecord, ValueTask>? Log { get; init; }

    /// <summary>Version of the module for the user agent.</summary>
    public string Version { get; init; } = UserAgentPolicy.OwnVersion;
}
