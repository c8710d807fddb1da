using RevisionTools.HelpBuilder;
using RevisionTools.HelpBuilder.Model;
using RevisionTools.Tests.HelpBuilder.Fixture;

namespace RevisionTools.Tests.HelpBuilder;

public sealed class CommandReaderTests
{
    private static readonly IReadOnlyList<Command> s_commands = HelpAssemblies.ReadFixture(FixtureDocumentation.Create());
    private static readonly Command s_get = s_commands.Single(command => command.Name == "Get-FixtureThing");
    private static readonly Command s_set = s_commands.Single(command => command.Name == "Set-FixtureThing");

    [Fact]
    public void References_to_cmdlets_and_parameters_read_as_users_write_them()
    {
        Assert.Equal("Finds things, see Set-FixtureThing.", Assert.Single(s_get.Synopsis).PlainText);
        Assert.Equal(
            ["With -Name it finds one & only one.", "first: the *first*", "the second"],
            s_get.Description.Select(paragraph => paragraph.PlainText));
    }

    [Fact]
    public void The_default_parameter_set_comes_first() => Assert.Equal(["ByName", "ByObject"], s_get.SetNames);

    [Fact]
    public void A_command_without_named_sets_has_one() => Assert.Equal([SetMembership.AllSets], s_set.SetNames);

    [Fact]
    public void Parameters_show_positional_first_then_mandatory_then_the_rest()
    {
        Assert.Equal(["Name", "Depth", "Force", "Format", "ThrottleLimit"], Names(s_get, "ByName"));
        Assert.Equal(["InputObject", "Depth", "Force", "Format", "ThrottleLimit"], Names(s_get, "ByObject"));
        Assert.Equal(["Name", "Force", "Confirm", "WhatIf"], Names(s_set, SetMembership.AllSets));
    }

    [Fact]
    public void A_hidden_parameter_is_left_out() => Assert.DoesNotContain(s_get.Parameters, parameter => parameter.Name == "Hidden");

    [Fact]
    public void An_inherited_parameter_takes_the_comment_of_its_base_class() =>
        Assert.Equal("Asks nothing.", Assert.Single(Parameter(s_set, "Force").Description).PlainText);

    [Fact]
    public void Inheritdoc_with_a_reference_takes_the_comment_from_there() =>
        Assert.Equal("The name.", Assert.Single(Parameter(s_set, "Name").Description).PlainText);

    [Fact]
    public void Aliases_wildcards_position_and_pipeline_input_are_read()
    {
        var name = Parameter(s_get, "Name");
        Assert.Equal(["ThingName"], name.Aliases);
        Assert.True(name.AcceptsWildcards);
        Assert.Equal(new SetMembership("ByName", false, 0, false, true), Assert.Single(name.Sets));
        Assert.Equal("FixtureThing[]", Parameter(s_get, "InputObject").TypeName);
    }

    [Fact]
    public void Enum_values_carry_their_meaning_and_word_lists_their_words()
    {
        var depth = Parameter(s_get, "Depth");
        Assert.Equal("FixtureDepth", depth.TypeName);
        Assert.Equal(
            [("Shallow", "At the surface."), ("Deep", "At the ground.")],
            depth.AcceptedValues.Select(value => (value.Name, value.Description[0].PlainText)));
        Assert.Equal(["json", "text"], Parameter(s_get, "Format").AcceptedValues.Select(value => value.Name));
        Assert.Equal(["From 1 to 64."], Parameter(s_get, "ThrottleLimit").Limits);
    }

    [Fact]
    public void Code_of_an_example_keeps_its_lines_and_loses_the_common_indentation()
    {
        Assert.Equal(["Example 1: One thing", "Example 2"], s_get.Examples.Select(example => example.Title));
        Assert.Equal("PS> Get-FixtureThing lamp\n\n  Name\n  ----\n  lamp", s_get.Examples[0].Code);
        Assert.Equal("Finds it by name.", Assert.Single(s_get.Examples[0].Remarks).PlainText);
    }

    [Fact]
    public void Inputs_outputs_and_links_are_read()
    {
        Assert.Equal(
            ["RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing[]", "System.Management.Automation.PSObject"],
            s_get.Inputs.Select(input => input.Name));
        Assert.Equal("A thing.", Assert.Single(Assert.Single(s_get.Outputs).Description).PlainText);
        Assert.Empty(s_set.Outputs);
        Assert.Equal(
            [new RelatedLink("Set-FixtureThing", string.Empty), new RelatedLink("About things", "https://example.org/things")],
            s_get.Links);
    }

    [Fact]
    public void A_missing_assembly_is_named() =>
        Assert.Contains(
            "/nowhere/Missing.dll",
            Assert.Throws<HelpException>(() => CommandReader.Read("/nowhere/Missing.dll", [], FixtureDocumentation.Create())).Message,
            StringComparison.Ordinal);

    private static IEnumerable<string> Names(Command command, string set) =>
        command.InDisplayOrder(set).Select(item => item.Parameter.Name);

    private static Parameter Parameter(Command command, string name) =>
        command.Parameters.Single(parameter => parameter.Name == name);
}
