using System.Management.Automation;

namespace RevisionTools.Tests.HelpBuilder.Fixture;

public abstract class FixtureCommandBase : PSCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter(DontShow = true)]
    public string? Hidden { get; set; }
}
