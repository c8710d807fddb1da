using System.Xml.Linq;
using RevisionTools.HelpBuilder.Model;
using RevisionTools.HelpBuilder.Output;
using RevisionTools.HelpBuilder.Topics;
using RevisionTools.Tests.HelpBuilder.Fixture;

namespace RevisionTools.Tests.HelpBuilder;

public sealed class OutputTests
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly IReadOnlyList<Command> s_commands = HelpAssemblies.ReadFixture(FixtureDocumentation.Create());

    [Fact]
    public void Syntax_is_written_as_PowerShell_shows_it() =>
        Assert.Equal(
            "Get-FixtureThing [[-Name] <String>] [-Depth <FixtureDepth>] [-Force] [-Format <String>]\n"
            + "    [-ThrottleLimit <Int32>] [<CommonParameters>]",
            SyntaxText.Write(s_commands[0], "ByName"));

    [Fact]
    public void Maml_holds_each_command_with_its_syntax_and_parameters()
    {
        var root = Maml(online: null);
        Assert.Equal(["Get-FixtureThing", "Set-FixtureThing"], root.Elements().Select(Name));
        var get = root.Elements().First();
        Assert.Equal(2, get.Element(s_command + "syntax")!.Elements().Count());
        Assert.Equal(
            s_commands[0].Parameters.Select(parameter => parameter.Name),
            get.Element(s_command + "parameters")!.Elements().Select(parameter => parameter.Element(s_maml + "name")!.Value));
    }

    [Fact]
    public void Maml_tells_what_a_parameter_is()
    {
        var name = Maml(online: null).Descendants(s_command + "parameters").First().Elements().Single(element => NameIs(element, "Name"));
        Assert.Equal("false", name.Attribute("required")!.Value);
        Assert.Equal("true", name.Attribute("globbing")!.Value);
        Assert.Equal("0", name.Attribute("position")!.Value);
        Assert.Equal("True (ByPropertyName)", name.Attribute("pipelineInput")!.Value);
        Assert.Equal("ThingName", name.Attribute("aliases")!.Value);
    }

    [Fact]
    public void Maml_shows_an_example_as_it_looks_at_a_prompt()
    {
        var example = Maml(online: null).Descendants(s_command + "example").First();
        Assert.Equal("-------------------------- Example 1: One thing --------------------------", example.Element(s_maml + "title")!.Value);
        Assert.Equal("Finds it by name.\n\n", example.Element(s_maml + "introduction")!.Value);
        Assert.Equal(
            """
            PS> $name = 'lamp'
            PS> Get-FixtureThing $name |
            >>     Sort-Object

            Name
            ----
            lamp

            PS> Get-FixtureThing desk
            """,
            example.Element(s_dev + "code")!.Value);
    }

    [Fact]
    public void Maml_tells_the_default_value()
    {
        var parameters = Maml(online: null).Descendants(s_command + "parameters").First().Elements();
        Assert.Equal("4", parameters.Single(element => NameIs(element, "ThrottleLimit")).Element(s_dev + "defaultValue")!.Value);
        Assert.Equal("None", parameters.Single(element => NameIs(element, "Depth")).Element(s_dev + "defaultValue")!.Value);
    }

    [Fact]
    public void Maml_puts_the_items_of_a_list_into_one_paragraph() =>
        Assert.Equal(
            ["With -Name it finds one & only one.", "- first: the *first*\n- the second"],
            Maml(online: null).Elements().First().Element(s_maml + "description")!.Elements().Select(paragraph => paragraph.Value));

    [Fact]
    public void Maml_says_where_nothing_goes_in_or_comes_out()
    {
        var set = Maml(online: null).Elements().Last();
        Assert.Equal("NoneNothing can be piped to this command.", set.Element(s_command + "inputTypes")!.Value);
        Assert.Equal("NoneThis command writes no objects.", set.Element(s_command + "returnValues")!.Value);
    }

    [Fact]
    public void Markdown_keeps_what_is_typed_and_what_is_printed_apart() =>
        Assert.Contains(
            """
            ```powershell
            $name = 'lamp'
            Get-FixtureThing $name |
                Sort-Object
            ```

            ```text
            Name
            ----
            lamp
            ```

            ```powershell
            Get-FixtureThing desk
            ```

            A desk is none.
            """,
            Page("Get-FixtureThing.md"),
            StringComparison.Ordinal);

    [Fact]
    public void Markdown_leads_from_a_topic_to_its_page() =>
        Assert.Contains("- [about\\_Fixture\\_Things](../about/about_Fixture_Things.md)", Page("Get-FixtureThing.md"), StringComparison.Ordinal);

    [Fact]
    public void The_online_address_is_the_first_link() =>
        Assert.Equal(
            ["https://example.org/docs/Get-FixtureThing.md", string.Empty, string.Empty, "https://example.org/things"],
            Maml("https://example.org/docs").Elements().First().Descendants(s_maml + "uri").Select(uri => uri.Value));

    [Fact]
    public void A_command_that_asks_by_default_says_so_at_Confirm() =>
        Assert.Contains("asks by default", Page("Set-FixtureThing.md"), StringComparison.Ordinal);

    [Fact]
    public void Markdown_escapes_text_and_leaves_code_alone()
    {
        var page = Page("Get-FixtureThing.md");
        Assert.Contains("With `-Name` it finds one & only one.", page, StringComparison.Ordinal);
        Assert.Contains("- first: the \\*first\\*\n- the `second`\n", page, StringComparison.Ordinal);
        Assert.Contains("[Set-FixtureThing](Set-FixtureThing.md)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_lists_every_page() =>
        Assert.Equal(
            s_commands.Select(command => $"({command.Name}.md)"),
            Page("README.md").Split('\n').Where(line => line.Contains("](", StringComparison.Ordinal) && !line.Contains("/about/", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('(', StringComparison.Ordinal)..(line.IndexOf(')', StringComparison.Ordinal) + 1)]));

    [Fact]
    public void The_index_leads_to_the_topics() =>
        Assert.Contains("| [about_Fixture_Things](../about/about_Fixture_Things.md) | All about things. |\n", Page("README.md"), StringComparison.Ordinal);

    private static XElement Maml(string? online) => XDocument.Parse(new MamlWriter(online).Write(s_commands)).Root!;

    private static string Page(string name) =>
        MarkdownWriter.Write(s_commands, [new Topic("about_Fixture_Things", "All about things.", "")])[name];

    private static string Name(XElement command) => command.Descendants(s_command + "name").First().Value;

    private static bool NameIs(XElement element, string name) => element.Element(s_maml + "name")!.Value == name;
}
