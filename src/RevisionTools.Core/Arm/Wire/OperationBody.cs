namespace RevisionTools.Arm.Wire;

/// <summary>What an operation's status address answers.</summary>
internal sealed record OperationBody
{
    public string? Status { get; init; }

    public ErrorBody? Error { get; init; }
}
