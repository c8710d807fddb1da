namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>How a sandbox is served.</summary>
internal sealed record SandboxServerOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes any that is free.</summary>
    internal int Port { get; init; }

    internal bool UseHttps { get; init; }

    /// <summary>The bearer token that is let in; null makes a random one.</summary>
    internal string? Token { get; init; }

    /// <summary>Where to say what a mistake of the sandbox itself was, which callers see as a bare 500.</summary>
    internal TextWriter Errors { get; init; } = TextWriter.Null;
}
