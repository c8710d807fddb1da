namespace RevisionTools.Arm.Wire;

/// <summary>An environment variable of a container: its value, or the secret of the app that has it.</summary>
internal sealed record TemplateVariable
{
    public string? Name { get; init; }

    public string? Value { get; init; }

    public string? SecretRef { get; init; }
}
