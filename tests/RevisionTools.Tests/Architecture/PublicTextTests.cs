using System.Text.RegularExpressions;
using System.Xml.Linq;
using RevisionTools.Cmdlets;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Architecture;

/// <summary>Holds that what is written about public types can be followed by those who have nothing but the module.</summary>
public sealed partial class PublicTextTests
{
    [Theory]
    [InlineData(typeof(Revision))]
    [InlineData(typeof(ContainerAppsSandbox))]
    [InlineData(typeof(AcaCmdlet))]
    public void No_public_type_is_explained_by_a_page_that_its_users_do_not_have(Type one)
    {
        var types = one.Assembly.GetExportedTypes().Select(type => type.FullName!.Replace('+', '.')).ToHashSet(StringComparer.Ordinal);
        var members = XDocument.Load(Path.ChangeExtension(one.Assembly.Location, ".xml")).Descendants("member")
            .Where(member => IsOf(member.Attribute("name")!.Value[2..].Split('(')[0], types)).ToList();

        Assert.NotEmpty(members);
        Assert.Empty(members.Where(member => Page().IsMatch(member.Value)).Select(member => member.Attribute("name")!.Value));
    }

    private static bool IsOf(string name, HashSet<string> types) => types.Contains(name) || types.Contains(name[..Math.Max(name.LastIndexOf('.'), 0)]);

    [GeneratedRegex(@"ARM-FACTS|DESIGN|PEERS|PAINS", RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
