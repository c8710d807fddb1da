namespace RevisionTools.HelpBuilder.Model;

/// <summary>A parameter of a command.</summary>
internal sealed record Parameter
{
    /// <summary>The name without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>The short name of the type, such as <c>String[]</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The full names of the types that it takes one by one from the pipeline.</summary>
    public IReadOnlyList<string> PipelineTypeNames { get; init; } = [];

    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether wildcards are understood.</summary>
    public bool AcceptsWildcards { get; init; }

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What it does.</summary>
    public IReadOnlyList<Paragraph> Description { get; init; } = [];

    /// <summary>What holds when it is left out, as it would be typed; <see langword="null"/> for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The words that help pages use for <see cref="Default"/>.</summary>
    public string DefaultText => Default ?? (IsSwitch ? "False" : "None");

    /// <summary>The closed list of values; empty when there is none.</summary>
    public IReadOnlyList<AcceptedValue> AcceptedValues { get; init; } = [];

    /// <summary>Limits that are checked before the command runs, in words.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>What it is in each set that it belongs to.</summary>
    public required IReadOnlyList<SetMembership> Sets { get; init; }

    /// <summary>What the parameter is in the set that people use first.</summary>
    /// <param name="defaultSet">The command's default set.</param>
    /// <returns>The membership there, else in the first set that has the parameter.</returns>
    public SetMembership MainSet(string defaultSet) => In(defaultSet) ?? Sets[0];

    /// <summary>Finds what the parameter is in a set.</summary>
    /// <param name="setName">The name of the set.</param>
    /// <returns>The membership, or <see langword="null"/> when the set does not have this parameter.</returns>
    public SetMembership? In(string setName) =>
        Sets.FirstOrDefault(set => set.SetName == setName)
        ?? Sets.FirstOrDefault(set => set.SetName == SetMembership.AllSets);
}
