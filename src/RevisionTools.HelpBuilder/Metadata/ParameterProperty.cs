using System.Globalization;
using System.Reflection;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Metadata;

/// <summary>A property that is a parameter, as its metadata describes it.</summary>
internal sealed class ParameterProperty
{
    private ParameterProperty(PropertyInfo property, IReadOnlyList<SetMembership> sets)
    {
        Property = property;
        Sets = sets;
    }

    /// <summary>The property.</summary>
    public PropertyInfo Property { get; }

    /// <summary>What it is in each of its sets.</summary>
    public IReadOnlyList<SetMembership> Sets { get; }

    /// <summary>Other names of the parameter.</summary>
    public IReadOnlyList<string> Aliases => Words("Alias");

    /// <summary>The values of a <c>[ValidateSet]</c>; empty without one.</summary>
    public IReadOnlyList<string> AllowedWords => Words("ValidateSet");

    /// <summary>Whether wildcards are understood.</summary>
    public bool AcceptsWildcards => AttributeView.On(Property, "SupportsWildcards").Any();

    /// <summary>Limits that PowerShell checks, in words.</summary>
    public IReadOnlyList<string> Limits =>
    [
        .. Bounds("ValidateRange", "From {0} to {1}."),
        .. Bounds("ValidateCount", "From {0} to {1} values."),
        .. Bounds("ValidateLength", "From {0} to {1} characters."),
        .. Words("ValidatePattern").Select(pattern => $"Matches {pattern}."),
    ];

    /// <summary>Recognises a parameter.</summary>
    /// <param name="property">A public property.</param>
    /// <returns>The parameter, or <see langword="null"/> when the property is none or is hidden.</returns>
    public static ParameterProperty? From(PropertyInfo property)
    {
        List<AttributeView> attributes = [.. AttributeView.On(property, "Parameter")];
        var isHidden = attributes.Exists(attribute => attribute.Named("DontShow", false));
        return attributes.Count == 0 || isHidden
            ? null
            : new ParameterProperty(property, [.. attributes.Select(Membership).OrderBy(set => set.SetName, StringComparer.Ordinal)]);
    }

    private static SetMembership Membership(AttributeView attribute)
    {
        var position = attribute.Named("Position", int.MinValue);
        return new SetMembership(
            attribute.Named("ParameterSetName", SetMembership.AllSets),
            attribute.Named("Mandatory", false),
            position == int.MinValue ? null : position,
            attribute.Named("ValueFromPipeline", false),
            attribute.Named("ValueFromPipelineByPropertyName", false));
    }

    private string[] Words(string attributeName) =>
        [.. AttributeView.On(Property, attributeName).SelectMany(attribute => attribute.Arguments).OfType<string>()];

    private IEnumerable<string> Bounds(string attributeName, string format)
    {
        foreach (var attribute in AttributeView.On(Property, attributeName))
        {
            object?[] bounds = [.. attribute.Arguments];
            if (bounds.Length == 2)
            {
                yield return string.Format(CultureInfo.InvariantCulture, format, bounds);
            }
        }
    }
}
