using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>What a credential is made with, apart from the way to sign in.</summary>
internal sealed record CredentialSettings
{
    public required CloudEndpoints Cloud { get; init; }

    /// <summary>The directory to sign in to; null leaves it to the credential.</summary>
    public string? TenantId { get; init; }

    /// <summary>The connection's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where requests for tokens go instead of the network; the owner disposes of it.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Told of every request for a token, as <see cref="ArmOptions.Log"/> is of others.</summary>
    public Func<ArmRequestRecord, ValueTask>? Log { get; init; }

    /// <summary>Told of every pause before a request for a token goes out again, as <see cref="ArmOptions.PauseLog"/> is of others.</summary>
    public Func<ArmPauseRecord, ValueTask>? PauseLog { get; init; }

    /// <summary>Version of the module for the user agent.</summary>
    public string Version { get; init; } = UserAgentPolicy.OwnVersion;

    /// <summary>The first of the variables that is set, without blanks around it; null where none is.</summary>
    public string? Variable(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (ReadVariable(name)?.Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
