namespace RevisionTools.Arm.Wire;

/// <summary>An error answer, wrapped in <c>error</c> or bare.</summary>
internal sealed record ErrorEnvelope
{
    public ErrorBody? Error { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }
}
