namespace RevisionTools.HelpBuilder.Model;

/// <summary>A parameter of a command.</summary>
internal sealed record Parameter
{
    /// <summary>The name without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>The short name of the type, such as <c>String[]</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The full name of the type, for the pipeline input.</summary>
    public required string FullTypeName { get; init; }

    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether wildcards are understood.</summary>
    public bool AcceptsWildcards { get; init; }

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What it does.</summary>
    public IReadOnlyList<Paragraph> Description { get; init; } = [];

    /// <summary>The closed list of values; empty when there is none.</summary>
    public IReadOnlyList<AcceptedValue> AcceptedValues { get; init; } = [];

    /// <summary>Limits that are checked before the command runs, in words.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>What it is in each set that it belongs to.</summary>
    public required IReadOnlyList<SetMembership> Sets { get; init; }

    /// <summary>Finds what the parameter is in a set.</summary>
    /// <param name="setName">The name of the set.</param>
    /// <returns>The membership, or <see langword="null"/> when the set does not have this parameter.</returns>
    public SetMembership? In(string setName) =>
        Sets.FirstOrDefault(set => set.SetName == setName)
        ?? Sets.FirstOrDefault(set => set.SetName == SetMembership.AllSets);
}
