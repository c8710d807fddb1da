using System.Collections.Concurrent;
using RevisionTools.Work;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary>Keeps what a piece of work says until the end.</summary>
internal sealed class CollectingOutput : IWorkOutput
{
    private readonly ConcurrentQueue<object> _results = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<RevisionToolsException> _failures = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public IReadOnlyList<RevisionToolsException> Failures => [.. _failures];

    public IReadOnlyList<T> Results<T>() => [.. _results.OfType<T>()];

    public ValueTask EmitAsync(object result)
    {
        _results.Enqueue(result);
        return ValueTask.CompletedTask;
    }

    public ValueTask WarnAsync(string message)
    {
        _warnings.Enqueue(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask VerboseAsync(string message) => ValueTask.CompletedTask;

    public ValueTask DebugAsync(string message) => ValueTask.CompletedTask;

    public ValueTask FailAsync(RevisionToolsException failure, object? target)
    {
        _failures.Enqueue(failure);
        return ValueTask.CompletedTask;
    }

    public ValueTask ProgressAsync(WorkProgress progress) => ValueTask.CompletedTask;
}
