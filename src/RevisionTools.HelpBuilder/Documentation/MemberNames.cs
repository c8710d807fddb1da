using RevisionTools.HelpBuilder.Metadata;

namespace RevisionTools.HelpBuilder.Documentation;

/// <summary>The names under which users know what documentation comments refer to.</summary>
internal sealed class MemberNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Learns the commands and their parameters.</summary>
    /// <param name="classes">All cmdlets of the module.</param>
    public MemberNames(IEnumerable<CmdletClass> classes)
    {
        foreach (var cmdlet in classes)
        {
            _names[MemberId.Of(cmdlet.Type)] = $"{cmdlet.Verb}-{cmdlet.Noun}";
            foreach (var parameter in cmdlet.Parameters)
            {
                _names[MemberId.Of(parameter.Property)] = "-" + parameter.Property.Name;
            }
        }
    }

    /// <summary>Translates an identifier.</summary>
    /// <param name="id">The value of a <c>cref</c>.</param>
    /// <returns>A command, a parameter with its hyphen, or the plain name of any other type or member.</returns>
    public string Translate(string id)
    {
        if (_names.TryGetValue(id, out var known))
        {
            return known;
        }

        var path = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        return path[(path.LastIndexOf('.') + 1)..].Split('`')[0];
    }
}
