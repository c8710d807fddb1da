using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Puts a label on a revision, so that it can be reached at an address of its own; no weight changes.</summary>
/// <remarks>
/// <para>A revision that is not in the traffic table yet gets an entry at 0 %. A revision may have several labels; a label is on one revision.</para>
/// </remarks>
/// <example>
/// <para>Try a revision at an address of its own before it gets traffic.</para>
/// <code>
/// Set-AcaRevisionLabel web-checkout v2-13 -Label rollback
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-13: - -> 0 % rollback
/// </code>
/// </example>
/// <example>
/// <para>Move a label to the newest revision.</para>
/// <code>
/// Get-AcaRevision web-checkout -Latest | Set-AcaRevisionLabel -Label stable -Force
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 90 %
///         web-checkout--v2-15: 10 % canary -> 10 % canary, stable
/// </code>
/// </example>
/// <example>
/// <para>The same for an object that has just a resource id.</para>
/// <code>
/// Get-AcaRevision web-shop -Latest | Select-Object ResourceId | Set-AcaRevisionLabel -Label live
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-shop--0000030: 100 % -> 100 % live
/// </code>
/// </example>
/// <output cref="TrafficChange">One for each app, with the table before and after.</output>
/// <note>A label that is on another revision already is refused with DuplicateLabel; -Force moves it, in one write, and -WhatIf says from where. A revision that is not active is refused with TrafficTargetInactive, with -Force too: the label's address would be dead, so activate it first. One that is not ready yet may get a label. Refused as well: a label that Azure would not take (InvalidLabel), an app without ingress (IngressRequired) or in single-revision mode (MultipleModeRequired).</note>
/// <note>In Labels mode the service deactivates a revision that loses its last label. You are told before, and a label is not taken off one that would keep traffic without any (RevisionProtected).</note>
/// <seealso cref="RemoveAcaRevisionLabelCommand"/>
/// <seealso cref="SwitchAcaRevisionLabelCommand"/>
/// <seealso cref="GetAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Set, "AcaRevisionLabel", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TrafficChange))]
public sealed class SetAcaRevisionLabelCommand : TrafficChangeCmdlet
{
    private readonly Dictionary<ContainerAppId, HashSet<string>> _named = [];

    /// <summary>The revision, by its full name (app--suffix) or the suffix alone, in quotes where it is all digits.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The label: lower-case letters, digits and '-', a letter first, 64 characters at most.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Label { get; set; } = "";

    /// <summary>The revision, as Get-AcaRevision gives it; one of each app: an app of which several come is left as it is, with an error.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    /// <summary>Takes the label from the revision that has it now.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override IEnumerable<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOf(ResourceId, id => Named(AppScope.OfResourceId(id))),
        ParameterSets.ByInputObject => ScopesOf(InputObject, (revision, subscription) => Named(AppScope.OfRevision(revision, subscription))),
        _ => [ScopeOf(ContainerAppName, Name)],
    };

    private protected override TrafficEdit? EditOf(AppScope scope, AppState state) => _named.TryGetValue(state.App.Id, out var names) && names.Count > 1
        ? throw TrafficFailure.Of(
            FailureKind.InvalidTrafficRequest,
            state.App,
            $"Label '{Label}' can be on one revision of '{state.App.Name}', and several were given: {string.Join(", ", names)}. Nothing was changed.")
        : PutLabelEdit.Of(Label, RevisionNames.Full(state.App.Name, scope.RevisionName!), Force, state.App);

    private protected override string ActionOf(TrafficPlan plan) =>
        plan.Before.FirstOrDefault(entry => entry.HasLabel(Label)) is { } holder ? $"Move label {Label} from {holder.Target}" : $"Set label {Label}";

    private protected override PipelineOutcome OutcomeOf(TrafficChange change) => PipelineOutcomes.Of(change, Label);

    private AppScope Named(AppScope scope)
    {
        if (scope.RevisionName is null)
        {
            throw new RevisionToolsException(FailureKind.InvalidResourceId, $"The resource id names the app '{scope.AppName}', not a revision of it.");
        }

        var app = new ContainerAppId(scope.SubscriptionId, scope.ResourceGroupName!, scope.AppName!);
        if (!_named.TryGetValue(app, out var names))
        {
            _named[app] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        }

        names.Add(RevisionNames.Full(app.Name, scope.RevisionName));
        return scope;
    }
}
