namespace RevisionTools.Work;

/// <summary>
/// What a piece of work may say while it runs, from any thread. The cmdlets' pump carries it to PowerShell's streams; tests collect it.
/// Each call waits while the reader is behind, and ends with <see cref="OperationCanceledException"/> when the reader has gone.
/// </summary>
internal interface IWorkOutput
{
    ValueTask EmitAsync(object result);

    ValueTask WarnAsync(string message);

    ValueTask VerboseAsync(string message);

    /// <summary>Says what only matters to somebody who looks for the reason of something, such as a pause.</summary>
    ValueTask DebugAsync(string message);

    /// <summary>Reports a failure that concerns <paramref name="target"/> only; the work goes on.</summary>
    ValueTask FailAsync(RevisionToolsException failure, object? target);

    ValueTask ProgressAsync(WorkProgress progress);
}
