using Microsoft.Extensions.Hosting;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>Leaves signals and the console to the command: a server inside a test must not take them.</summary>
internal sealed class UnboundLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
