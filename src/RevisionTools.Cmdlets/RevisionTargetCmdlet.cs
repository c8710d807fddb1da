using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>
/// What the cmdlets that change named revisions have in common. All of a pipeline are planned together before the first is asked about, so
/// that the last one standing of an app is noticed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RevisionTargetCmdlet : NamedRevisionCmdlet
{
    /// <summary>How many revisions are worked on at once; 4 when left out.</summary>
    /// <value>4</value>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Returns each revision as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int ReadsAtOnce => ThrottleLimit;
}
