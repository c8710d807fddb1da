using System.Xml.Linq;

namespace RevisionTools.HelpBuilder.Documentation;

/// <summary>The documentation comments of one or more assemblies, by the identifier of the member.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Reads documentation files.</summary>
    /// <param name="paths">The files that compilers wrote.</param>
    /// <returns>All members of all files.</returns>
    /// <exception cref="HelpException">A file is missing.</exception>
    public static XmlDocumentation Load(IEnumerable<string> paths)
    {
        XmlDocumentation documentation = new();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                throw new HelpException([$"the documentation file {path} does not exist"]);
            }

            documentation.Add(XDocument.Load(path, LoadOptions.PreserveWhitespace));
        }

        return documentation;
    }

    /// <summary>Adds the members of a document.</summary>
    /// <param name="document">A documentation file that has been read.</param>
    public void Add(XDocument document)
    {
        foreach (var member in document.Descendants("member"))
        {
            if (member.Attribute("name")?.Value is string name)
            {
                _members[name] = member;
            }
        }
    }

    /// <summary>Finds the comment of a member.</summary>
    /// <param name="id">The identifier, such as <c>P:RevisionTools.Revision.Name</c>.</param>
    /// <returns>The comment, or <see langword="null"/> when there is none.</returns>
    public XElement? Find(string id) => _members.GetValueOrDefault(id);
}
