namespace RevisionTools.Sandbox;

/// <summary>What a second operator does to the service while the first one is at work.</summary>
/// <remarks>It goes through the service like any request, under the rules of the service (one writer at a time for an app, say), stands in
/// <see cref="ContainerAppsSandbox.Requests"/>, and counts neither as a write of the caller's nor in his rate limits.</remarks>
public sealed record SandboxIntervention
{
    /// <summary>The HTTP method, such as PATCH or POST.</summary>
    public required string Method { get; init; }

    /// <summary>The path, from <c>/subscriptions/</c> on; an api-version may be left out.</summary>
    public required string Path { get; init; }

    /// <summary>The body as JSON; null for none.</summary>
    public string? Body { get; init; }
}
