namespace RevisionTools.Arm;

/// <summary>Where a long-running operation is asked for next, and when.</summary>
/// <param name="Address">The address, taken as an opaque whole.</param>
/// <param name="IsStatus">Whether it is the status address (Azure-AsyncOperation) and not the one of the result (Location).</param>
/// <param name="Delay">How long to wait before.</param>
internal sealed record OperationStep(Uri Address, bool IsStatus, TimeSpan Delay);
