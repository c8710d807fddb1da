namespace RevisionTools.Sandbox;

/// <summary>A long-running operation on an app (ARM-FACTS 3.2).</summary>
internal sealed class SandboxOperation
{
    internal required Guid Id { get; init; }

    internal required SandboxApp App { get; init; }

    internal OperationKind Kind { get; set; }

    internal required DateTimeOffset StartTime { get; init; }

    internal required DateTimeOffset EndTime { get; init; }

    /// <summary>The code and message that it ends with; null when it succeeds.</summary>
    internal (string Code, string Message)? Error { get; init; }

    internal bool IsDone(DateTimeOffset now) => now >= EndTime;

    internal bool HasFailed(DateTimeOffset now) => IsDone(now) && Error is not null;

    internal string Status(DateTimeOffset now) =>
        !IsDone(now) ? "InProgress" : Error is null ? "Succeeded" : "Failed";
}
