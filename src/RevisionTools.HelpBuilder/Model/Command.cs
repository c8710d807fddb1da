namespace RevisionTools.HelpBuilder.Model;

/// <summary>All that a help page says about a command.</summary>
internal sealed record Command
{
    /// <summary>The approved verb.</summary>
    public required string Verb { get; init; }

    /// <summary>The noun.</summary>
    public required string Noun { get; init; }

    /// <summary>Verb and noun.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The command in one sentence.</summary>
    public IReadOnlyList<Paragraph> Synopsis { get; init; } = [];

    /// <summary>The command at length.</summary>
    public IReadOnlyList<Paragraph> Description { get; init; } = [];

    /// <summary>The names of the parameter sets, the default one first.</summary>
    public required IReadOnlyList<string> SetNames { get; init; }

    /// <summary>The parameters, in order of name.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>What it takes from the pipeline.</summary>
    public IReadOnlyList<TypeUse> Inputs { get; init; } = [];

    /// <summary>What it writes.</summary>
    public IReadOnlyList<TypeUse> Outputs { get; init; } = [];

    /// <summary>What there is to know beside the description.</summary>
    public IReadOnlyList<Paragraph> Notes { get; init; } = [];

    /// <summary>The worked examples.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Pointers to further reading.</summary>
    public IReadOnlyList<RelatedLink> Links { get; init; } = [];

    /// <summary>The parameters of a set in the order in which PowerShell shows them.</summary>
    /// <param name="setName">The name of the set.</param>
    /// <returns>Positional parameters, then mandatory ones, then the others; those of PowerShell last.</returns>
    public IEnumerable<(Parameter Parameter, SetMembership Membership)> InDisplayOrder(string setName) =>
        from parameter in Parameters
        let membership = parameter.In(setName)
        where membership is not null
        orderby membership.Position ?? int.MaxValue, !membership.IsMandatory, RiskParameters.IsOne(parameter.Name), parameter.Name
        select (parameter, membership);
}
