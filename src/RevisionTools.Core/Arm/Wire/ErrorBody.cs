namespace RevisionTools.Arm.Wire;

/// <summary>An error in the words of the service.</summary>
internal sealed record ErrorBody
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public List<ErrorBody?>? Details { get; init; }
}
