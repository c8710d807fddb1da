using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>What a client of Azure Resource Manager is made of.</summary>
internal sealed record ArmOptions
{
    /// <summary>Scheme, host and port of the service; the only place where a token is ever sent.</summary>
    public required Uri Endpoint { get; init; }

    public required TokenCredential Credential { get; init; }

    /// <summary>What tokens are asked for, <c>https://management.azure.com/.default</c> in the public cloud.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where requests go instead of the network; the owner disposes of it.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Version of the module for the user agent.</summary>
    public string Version { get; init; } = UserAgentPolicy.OwnVersion;

    /// <summary>
    /// Told of every request that was sent, retries too, on whatever thread that was; several can be told at once. The request
    /// goes on when it has ended. What it throws is ignored, save the cancellation of a request that is being cancelled.
    /// </summary>
    public Func<ArmRequestRecord, ValueTask>? Log { get; init; }

    /// <summary>Told of every pause before it begins, as <see cref="Log"/> is of requests.</summary>
    public Func<ArmPauseRecord, ValueTask>? PauseLog { get; init; }

    /// <summary>Spreads the waits of parallel callers.</summary>
    public Random Random { get; init; } = Random.Shared;
}
