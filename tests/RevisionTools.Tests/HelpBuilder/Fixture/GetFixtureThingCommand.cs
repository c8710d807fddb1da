using System.Management.Automation;

namespace RevisionTools.Tests.HelpBuilder.Fixture;

[Cmdlet(VerbsCommon.Get, "FixtureThing", DefaultParameterSetName = "ByName")]
[OutputType(typeof(FixtureThing))]
public sealed class GetFixtureThingCommand : FixtureCommandBase
{
    [Parameter(ParameterSetName = "ByName", Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ThingName")]
    [SupportsWildcards]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = "ByObject", Mandatory = true, ValueFromPipeline = true)]
    public FixtureThing[]? InputObject { get; set; }

    [Parameter]
    public FixtureDepth? Depth { get; set; }

    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    [Parameter]
    [ValidateSet("json", "text")]
    public string? Format { get; set; }
}
