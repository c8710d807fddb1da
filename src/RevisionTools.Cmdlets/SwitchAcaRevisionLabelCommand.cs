using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Swaps two labels of an app in one write; weights stay with the revisions.</summary>
/// <remarks>
/// <para>For blue and green by label address: what answered at the one address answers at the other at once. Who swaps traffic weights instead uses Set-AcaTraffic -Weight with both labels.</para>
/// <para>What each label goes to is settled when you are asked: where somebody has moved one of them meanwhile, the error is TrafficChanged, and a swap whose answer was lost is never done twice.</para>
/// </remarks>
/// <example>
/// <para>Let the address of the canary lead to what was stable, and the other way round.</para>
/// <code>
/// Switch-AcaRevisionLabel web-checkout -Label stable -With canary
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 90 % canary
///         web-checkout--v2-15: 10 % canary -> 10 % stable
/// </code>
/// </example>
/// <example>
/// <para>The same, by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Switch-AcaRevisionLabel -Label stable -With previous
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 90 % previous
///         web-checkout--v2-12: 0 % previous -> 0 % stable
/// </code>
/// </example>
/// <output cref="TrafficChange">One for each app, with the table before and after.</output>
/// <note>Refused: a label that would come to a revision that is not active (TrafficTargetInactive) or gone (RevisionNotFound), and a label swapped with itself (InvalidTrafficRequest).</note>
/// <seealso cref="SetAcaRevisionLabelCommand"/>
/// <seealso cref="SetAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Switch, "AcaRevisionLabel", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TrafficChange))]
public sealed class SwitchAcaRevisionLabelCommand : TrafficChangeCmdlet
{
    /// <summary>One label.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Label { get; set; } = "";

    /// <summary>The label to swap it with.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string With { get; set; } = "";

    private protected override TrafficEdit? EditOf(AppScope scope, AppState state) => new SwapLabelsEdit(Label, With, state.App);

    private protected override string ActionOf(TrafficPlan plan) => $"Swap labels {Label} and {With}";

    private protected override PipelineOutcome OutcomeOf(TrafficChange change) => PipelineOutcomes.Of(change, Label);
}
