namespace RevisionTools.Arm.Wire;

/// <summary>A function on the wire: the envelope. Older answers have no name in it (ARM-FACTS 8).</summary>
internal sealed record FunctionBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public FunctionProperties? Properties { get; init; }
}
