namespace RevisionTools.Arm.Wire;

/// <summary>One page of a list.</summary>
internal sealed record ResourcePage<T>
{
    public List<T?>? Value { get; init; }

    public string? NextLink { get; init; }
}
