namespace RevisionTools.Sandbox;

/// <summary>What becomes of an operation, where it is not left to chance (ARM-FACTS 3.2).</summary>
/// <param name="Lasts">How long it is in progress; null draws it.</param>
/// <param name="Code">The error code that it ends with; null when it succeeds.</param>
/// <param name="Message">The message of that error.</param>
internal sealed record OperationOutcome(TimeSpan? Lasts, string? Code = null, string? Message = null)
{
    private const string ErrorCode = "ContainerAppOperationError";

    /// <summary>The service gives a write this long, and says so: PT15M.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    internal static OperationOutcome NeverEnds { get; } = new(TimeSpan.MaxValue);

    /// <summary>What a fault makes of the operation that its write starts; null leaves it alone.</summary>
    internal static OperationOutcome? Of(SandboxFault? fault) => fault?.Kind switch
    {
        SandboxFaultKind.OperationStuck => fault.Duration is { } lasts ? new(lasts) : NeverEnds,
        SandboxFaultKind.OperationFails => new(fault.Duration, fault.ErrorCode ?? ErrorCode, fault.ErrorMessage ?? "The operation failed."),
        _ => null,
    };

    /// <summary>In progress for as long as the service waits, then Failed; the text is reported (ARM-FACTS 3.2).</summary>
    internal static OperationOutcome Expires(string app) => new(
        s_longest,
        ErrorCode,
        $"Failed to provision revision for container app '{app}'. Error details: Operation expired.");
}
