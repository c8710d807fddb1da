using System.Xml.Linq;
using RevisionTools.HelpBuilder;
using RevisionTools.Tests.HelpBuilder.Fixture;

namespace RevisionTools.Tests.HelpBuilder;

public sealed class MissingDocumentationTests
{
    [Fact]
    public void A_cmdlet_without_a_comment_is_named_with_everything_that_is_missing() =>
        Assert.Equal(
            [
                "Set-FixtureThing: <summary> is missing or empty",
                "Set-FixtureThing: <remarks> is missing or empty",
                "Set-FixtureThing: there is no <example>",
            ],
            FaultsAfter(document => document.Member("SetFixtureThingCommand").Remove()));

    [Fact]
    public void A_parameter_without_a_summary_is_named() =>
        Assert.Equal(
            ["Get-FixtureThing -Format: <summary> is missing or empty"],
            FaultsAfter(document => document.Member("GetFixtureThingCommand.Format").Element("summary")!.Value = "  "));

    [Fact]
    public void An_inherited_parameter_without_a_comment_is_named_for_each_cmdlet() =>
        Assert.Equal(
            ["Get-FixtureThing -Force: <summary> is missing or empty", "Set-FixtureThing -Force: <summary> is missing or empty"],
            FaultsAfter(document => document.Member("FixtureCommandBase.Force").Remove()));

    [Fact]
    public void An_enum_member_without_a_comment_is_named() =>
        Assert.Equal(
            ["Get-FixtureThing -Depth Deep: <summary> is missing or empty"],
            FaultsAfter(document => document.Member("FixtureDepth.Deep").Remove()));

    [Fact]
    public void An_example_without_code_is_named() =>
        Assert.Equal(
            ["Set-FixtureThing: Example 1 does not begin with <code>"],
            FaultsAfter(document => document.Member("SetFixtureThingCommand").Element("example")!.Element("code")!.Remove()));

    [Fact]
    public void An_example_that_begins_with_its_output_is_named() =>
        Assert.Equal(
            ["Set-FixtureThing: Example 1 does not begin with <code>"],
            FaultsAfter(document => document.Member("SetFixtureThingCommand").Element("example")!.Element("code")!.SetAttributeValue("language", "output")));

    [Fact]
    public void A_type_that_comes_out_without_a_word_when_is_named() =>
        Assert.Equal(
            ["Get-FixtureThing gives RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing: <output> is missing or empty"],
            FaultsAfter(document => document.Member("GetFixtureThingCommand").Element("output")!.Remove()));

    [Fact]
    public void The_program_fails_and_writes_nothing()
    {
        var maml = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        HelpOptions options = new()
        {
            Assembly = typeof(MissingDocumentationTests).Assembly.Location,
            Documentation = [],
            References = HelpAssemblies.References,
            Maml = maml,
        };
        Assert.Contains("Get-FixtureThing: there is no <example>", Assert.Throws<HelpException>(() => HelpRun.Execute(options)).Messages);
        Assert.False(File.Exists(maml));
    }

    [Theory]
    [InlineData("--maml", "x", "--assembly is missing")]
    [InlineData("--assembly", "x", "--wrong", "'--wrong' is not an option")]
    [InlineData("--assembly", "--assembly needs a value")]
    public void Bad_arguments_are_named(params string[] words) =>
        Assert.StartsWith(words[^1], Assert.Throws<HelpException>(() => HelpOptions.Parse(words[..^1])).Message, StringComparison.Ordinal);

    private static IEnumerable<string> FaultsAfter(Action<XDocument> change) =>
        Assert.Throws<HelpException>(() => HelpAssemblies.ReadFixture(FixtureDocumentation.Create(change))).Messages.Order(OrderOfCommand());

    private static Comparer<string> OrderOfCommand() =>
        Comparer<string>.Create((left, right) => string.CompareOrdinal(left.Split(':')[0], right.Split(':')[0]));
}
