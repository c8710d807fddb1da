namespace RevisionTools.Sandbox;

/// <summary>A long-running operation on an app (ARM-FACTS 3.2).</summary>
internal sealed class SandboxOperation
{
    internal required Guid Id { get; init; }

    internal required SandboxApp App { get; init; }

    internal required DateTimeOffset StartTime { get; init; }

    internal required DateTimeOffset EndTime { get; init; }

    internal bool IsDone(DateTimeOffset now) => now >= EndTime;

    internal string Status(DateTimeOffset now) => IsDone(now) ? "Succeeded" : "InProgress";
}
