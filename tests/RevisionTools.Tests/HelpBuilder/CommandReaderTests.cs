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
    public void An_example_is_text_then_steps_of_code_and_output_then_more_text()
    {
        Assert.Equal(["Example 1: One thing", "Example 2"], s_get.Examples.Select(example => example.Title));
        var example = s_get.Examples[0];
        Assert.Equal("Finds it by name.", Assert.Single(example.Introduction).PlainText);
        Assert.Equal(
            [
                new ExampleStep("$name = 'lamp'\nGet-FixtureThing $name |\n    Sort-Object", "Name\n----\nlamp"),
                new ExampleStep("Get-FixtureThing desk", string.Empty),
            ],
            example.Steps);
        Assert.Equal("A desk is none.", Assert.Single(example.Remarks).PlainText);
    }

    [Fact]
    public void The_default_of_a_parameter_is_read_and_a_switch_is_off()
    {
        Assert.Equal("4", Parameter(s_get, "ThrottleLimit").DefaultText);
        Assert.Equal("None", Parameter(s_get, "Name").DefaultText);
        Assert.Equal("False", Parameter(s_get, "Force").DefaultText);
    }

    [Fact]
    public void Inputs_say_where_they_go_and_what_that_means() =>
        Assert.Equal(
            [
                ("RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing", "Goes to -InputObject. The thing."),
                ("System.String", "Goes to -InputObject. The thing."),
                ("System.Management.Automation.PSObject", "With a property Name or ThingName: goes to -Name. The name."),
            ],
            s_get.Inputs.Select(input => (input.Name, Assert.Single(input.Description).PlainText)));

    [Fact]
    public void Outputs_say_what_they_are_and_when_they_come()
    {
        Assert.Equal(["A thing.", "One for each name."], Assert.Single(s_get.Outputs).Description.Select(paragraph => paragraph.PlainText));
        Assert.Empty(s_set.Outputs);
    }

    [Fact]
    public void Notes_and_links_are_read()
    {
        Assert.Equal("Things are not counted.", Assert.Single(s_get.Notes).PlainText);
        Assert.Equal(
            [
                new RelatedLink("Set-FixtureThing", string.Empty),
                new RelatedLink("about_Fixture_Things", string.Empty),
                new RelatedLink("About things", "https://example.org/things"),
            ],
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
