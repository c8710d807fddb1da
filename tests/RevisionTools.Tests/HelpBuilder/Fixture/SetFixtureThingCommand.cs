using System.Management.Automation;

namespace RevisionTools.Tests.HelpBuilder.Fixture;

[Cmdlet(VerbsCommon.Set, "FixtureThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class SetFixtureThingCommand : FixtureCommandBase
{
    [Parameter(Mandatory = true, Position = 0)]
    public string? Name { get; set; }
}
