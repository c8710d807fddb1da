using System.Reflection;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Metadata;

/// <summary>A class that is a cmdlet, as its metadata describes it.</summary>
internal sealed class CmdletClass
{
    private const int HighImpact = 3;
    private readonly AttributeView _cmdlet;

    private CmdletClass(Type type, AttributeView cmdlet)
    {
        Type = type;
        _cmdlet = cmdlet;
        string?[] name = [.. cmdlet.Arguments.Cast<string?>()];
        Verb = name[0] ?? string.Empty;
        Noun = name[1] ?? string.Empty;
        Parameters = [.. ReadParameters(type)];
    }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>The approved verb.</summary>
    public string Verb { get; }

    /// <summary>The noun.</summary>
    public string Noun { get; }

    /// <summary>The properties that are parameters, inherited ones too, in order of name.</summary>
    public IReadOnlyList<ParameterProperty> Parameters { get; }

    /// <summary>Whether PowerShell adds <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    public bool SupportsShouldProcess => _cmdlet.Named("SupportsShouldProcess", false);

    /// <summary>Whether the command asks without being told to.</summary>
    public bool AsksByDefault => _cmdlet.Named("ConfirmImpact", 0) == HighImpact;

    /// <summary>The types that <c>[OutputType]</c> declares: types, or names of types.</summary>
    public IReadOnlyList<object> OutputTypes =>
        [.. AttributeView.On(Type, "OutputType").SelectMany(attribute => attribute.Arguments).OfType<object>().Distinct()];

    /// <summary>The parameter sets, the default one first.</summary>
    public IReadOnlyList<string> SetNames
    {
        get
        {
            // The default set may have no parameter of its own.
            var first = _cmdlet.Named("DefaultParameterSetName", SetMembership.AllSets);
            List<string> others = [.. Parameters.SelectMany(parameter => parameter.Sets)
                .Select(set => set.SetName)
                .Where(name => name != SetMembership.AllSets && name != first)
                .Distinct()
                .OrderBy(name => name, StringComparer.Ordinal)];
            return first == SetMembership.AllSets && others.Count > 0 ? others : [first, .. others];
        }
    }

    /// <summary>Recognises a cmdlet.</summary>
    /// <param name="type">A public class.</param>
    /// <returns>The cmdlet, or <see langword="null"/> when the class is none.</returns>
    public static CmdletClass? From(Type type)
    {
        var cmdlet = type.IsAbstract ? null : AttributeView.On(type, "Cmdlet").FirstOrDefault();
        return cmdlet is null ? null : new CmdletClass(type, cmdlet);
    }

    private static IEnumerable<ParameterProperty> ReadParameters(Type type) =>
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        let parameter = ParameterProperty.From(property)
        where parameter is not null
        orderby parameter.Property.Name
        select parameter;
}
