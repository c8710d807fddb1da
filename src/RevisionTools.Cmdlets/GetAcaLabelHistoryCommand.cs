using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets which revision each label of an app was on, and from when to when.</summary>
/// <remarks>
/// <para>One record for each time that a label was on a revision, newest first; Stop is empty while it is there. The revision may have been purged since. Labels that are gone keep their history.</para>
/// </remarks>
/// <example>
/// <para>Where the labels of an app have been.</para>
/// <code>
/// Get-AcaLabelHistory web-checkout
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Label                RevisionName                                   Start (UTC)      Stop (UTC)       Status
/// -----                ------------                                   -----------      ----------       ------
/// canary               web-checkout--v2-15                            2026-11-20 08:33                  Succeeded
/// previous             web-checkout--v2-12                            2026-11-20 08:33                  Succeeded
/// stable               web-checkout--v2-14                            2026-11-20 08:33                  Succeeded
/// </code>
/// </example>
/// <example>
/// <para>What was last called stable, over the apps of a group.</para>
/// <code>
/// Get-AcaApp -ResourceGroupName rg-shop | Get-AcaLabelHistory -Label stab* | Select-Object -First 1
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Label                RevisionName                                   Start (UTC)      Stop (UTC)       Status
/// -----                ------------                                   -----------      ----------       ------
/// stable               web-checkout--v2-14                            2026-11-20 08:33                  Succeeded
/// </code>
/// </example>
/// <example>
/// <para>The history of a resource id of an app.</para>
/// <code>
/// $app = Get-AcaApp web-checkout
/// Get-AcaLabelHistory -ResourceId $app.ResourceId
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Label                RevisionName                                   Start (UTC)      Stop (UTC)       Status
/// -----                ------------                                   -----------      ----------       ------
/// canary               web-checkout--v2-15                            2026-11-20 08:33                  Succeeded
/// previous             web-checkout--v2-12                            2026-11-20 08:33                  Succeeded
/// stable               web-checkout--v2-14                            2026-11-20 08:33                  Succeeded
/// </code>
/// </example>
/// <output cref="LabelHistoryRecord">One for each time that a label was on a revision, the newest first.</output>
/// <seealso cref="GetAcaAppCommand"/>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Get, "AcaLabelHistory", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LabelHistoryRecord))]
public sealed class GetAcaLabelHistoryCommand : AppReadCmdlet
{
    /// <summary>The labels; PowerShell's wildcards may be used. All labels when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(ParameterSetName = ParameterSets.ByInputObject)]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Label { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        Run((output, token) => new LabelHistoryReader(azure, output).ReadAsync(scopes, Label, token));
    }
}
