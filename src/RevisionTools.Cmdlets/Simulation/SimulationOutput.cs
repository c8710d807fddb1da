using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Simulation;

/// <summary>Counts what a simulated prune took down, and keeps to itself what it would say of every day anew. A failure ends the simulation.</summary>
internal sealed class SimulationOutput : IWorkOutput
{
    private int _pruned;

    /// <summary>How many revisions were taken down.</summary>
    public int Pruned => _pruned;

    public ValueTask EmitAsync(object result)
    {
        if (result is PruneResult { Outcome: PruneOutcome.Deactivated })
        {
            Interlocked.Increment(ref _pruned);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WarnAsync(string message) => ValueTask.CompletedTask;

    public ValueTask VerboseAsync(string message) => ValueTask.CompletedTask;

    public ValueTask DebugAsync(string message) => ValueTask.CompletedTask;

    // What was protected by the time its turn came is what the policy is about.
    public ValueTask FailAsync(RevisionToolsException failure, object? target) =>
        failure is RevisionProtectedException ? ValueTask.CompletedTask : ValueTask.FromException(failure);

    public ValueTask ProgressAsync(WorkProgress progress) => ValueTask.CompletedTask;
}
