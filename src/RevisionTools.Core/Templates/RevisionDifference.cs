namespace RevisionTools;

/// <summary>One difference between two revisions, or between a revision and a template.</summary>
/// <remarks>API types <c>Template</c> and <c>Configuration</c>.</remarks>
public sealed record RevisionDifference
{
    /// <summary>Stands for a value that may be confidential and was not asked for.</summary>
    internal const string Hidden = Templates.TemplateDictionary.Hidden;

    /// <summary>What was compared with: a revision's full name.</summary>
    public string ReferenceName { get; init; } = "";

    /// <summary>What was compared: a revision's full name, or a file.</summary>
    public string DifferenceName { get; init; } = "";

    /// <summary>Where: fields of the template with the items of lists by name, as <c>containers[web].image</c>; those of the app begin with <c>configuration</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it was added, removed or changed.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>The value that was compared with, as text; null where there is none. <c>(hidden)</c> stands for what may be confidential.</summary>
    public string? ReferenceValue { get; init; }

    /// <summary>The value that was compared, as text; null where there is none. <c>(hidden)</c> stands for what may be confidential.</summary>
    public string? DifferenceValue { get; init; }

    /// <summary>Whether it belongs to the revision or to the app.</summary>
    public required DifferenceScope Scope { get; init; }

    /// <summary>What it is about.</summary>
    public required DifferenceCategory Category { get; init; }

    /// <summary>What the scale rule consumes, as <c>azure-servicebus:orders</c>; null for all that feeds no events.</summary>
    public string? Consumer { get; init; }

    /// <summary>The difference in a sentence.</summary>
    public string Message => $"{Path}: {What()}{(Consumer is null ? "" : $"; consumer {Consumer} {Fate()}")}";

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;

    private string What() => Kind switch
    {
        DifferenceKind.Added => $"added, {DifferenceValue}",
        DifferenceKind.Removed => $"removed, was {ReferenceValue}",
        _ when ReferenceValue == Hidden && DifferenceValue == Hidden => $"changed {Hidden}",
        _ => $"{ReferenceValue} -> {DifferenceValue}",
    };

    private string Fate() => Kind switch
    {
        _ when Path.Contains("].", StringComparison.Ordinal) => "changes",
        DifferenceKind.Added => "appears",
        DifferenceKind.Removed => "disappears",
        _ => "changes",
    };
}
