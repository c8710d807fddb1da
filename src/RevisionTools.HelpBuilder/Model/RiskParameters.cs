namespace RevisionTools.HelpBuilder.Model;

/// <summary>The two parameters that PowerShell adds to a command that supports ShouldProcess.</summary>
internal static class RiskParameters
{
    private const string WhatIf = "WhatIf";
    private const string Confirm = "Confirm";

    /// <summary>Says whether a name is one of the two.</summary>
    /// <param name="name">The name without the hyphen.</param>
    /// <returns>Whether PowerShell adds a parameter of this name.</returns>
    public static bool IsOne(string name) => name is WhatIf or Confirm;

    /// <summary>Describes the two.</summary>
    /// <param name="asksByDefault">Whether the command asks without being told to.</param>
    /// <returns>The two parameters.</returns>
    public static IEnumerable<Parameter> Create(bool asksByDefault)
    {
        yield return Switch(WhatIf, "wi", "Tells what would be changed and changes nothing.");
        yield return Switch(Confirm, "cf", asksByDefault
            ? "Asks before each change. This command asks by default; -Confirm:$false turns the questions off."
            : "Asks before each change.");
    }

    private static Parameter Switch(string name, string alias, string description) => new()
    {
        Name = name,
        TypeName = "SwitchParameter",
        IsSwitch = true,
        Aliases = [alias],
        Description = [Paragraph.Of(description)],
        Sets = [new SetMembership(SetMembership.AllSets, false, null, false, false)],
    };
}
