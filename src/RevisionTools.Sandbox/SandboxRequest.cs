namespace RevisionTools.Sandbox;

/// <summary>One request that came to the sandbox.</summary>
/// <param name="Time">When it came, by the sandbox's clock.</param>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="PathAndQuery">The path and query as sent.</param>
/// <param name="Status">The HTTP status that was answered; null while there is none: still held, cancelled, or the
/// connection died.</param>
/// <param name="IsWrite">Whether the method is anything but GET and HEAD.</param>
public sealed record SandboxRequest(DateTimeOffset Time, string Method, string PathAndQuery, int? Status, bool IsWrite)
{
    /// <summary>Whether it was not the caller's but that of a second operator (<see cref="SandboxFault.Intervention"/>).</summary>
    public bool IsIntervention { get; init; }
}
