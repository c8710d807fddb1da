using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Work;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>What a process under test says. Results are held against the service's state in the moment in which they are given out.</summary>
internal sealed class RunOutput(ProcessLife life, Watch watch, Action<object>? onResult = null) : IWorkOutput
{
    private readonly List<object> _results = [];

    public IReadOnlyList<T> Results<T>() => [.. _results.OfType<T>()];

    public ValueTask EmitAsync(object result)
    {
        if (life.IsDead)
        {
            return new ValueTask(ProcessLife.Grave());
        }

        watch.Note($"     p{life.Number} result: {result} {(result as PruneResult)?.Message}");
        _results.Add(result);
        onResult?.Invoke(result);
        return ValueTask.CompletedTask;
    }

    public ValueTask WarnAsync(string message) => Say("warning", message);

    public ValueTask VerboseAsync(string message) => Say("verbose", message);

    public ValueTask DebugAsync(string message) => Say("debug", message);

    public ValueTask FailAsync(RevisionToolsException failure, object? target) => Say("error", $"{failure.Kind} {failure.Message}");

    public ValueTask ProgressAsync(WorkProgress progress) => life.IsDead ? new ValueTask(ProcessLife.Grave()) : ValueTask.CompletedTask;

    private ValueTask Say(string kind, string message)
    {
        if (life.IsDead)
        {
            return new ValueTask(ProcessLife.Grave());
        }

        watch.Note($"     p{life.Number} {kind}: {message}");
        return ValueTask.CompletedTask;
    }
}
