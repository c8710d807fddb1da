using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Takes labels off the revisions of an app; no weight changes.</summary>
/// <remarks>
/// <para>The label's address stops answering. An entry that was in the traffic table for the label alone goes with it. A label that the app does not have is LabelNotFound; the other labels are taken off all the same, all of an app in one write.</para>
/// <para>A resource id of a revision stands for that revision, also where its object has come out of a file: only its labels are taken off. The id of an app needs -Label.</para>
/// </remarks>
/// <example>
/// <para>Take a label off whatever it is on.</para>
/// <code>
/// Remove-AcaRevisionLabel web-checkout -Label previous
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-12: 0 % previous -> -
/// </code>
/// </example>
/// <example>
/// <para>Take all labels off old revisions.</para>
/// <code>
/// Get-AcaRevision web-checkout -Stage Ready | Remove-AcaRevisionLabel
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-12: 0 % previous -> -
/// </code>
/// </example>
/// <example>
/// <para>Two labels in one write, by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Remove-AcaRevisionLabel -Label canary, previous
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-15: 10 % canary -> 10 %
///         web-checkout--v2-12: 0 % previous -> -
/// </code>
/// </example>
/// <output cref="TrafficChange">One for each app, with the table before and after.</output>
/// <note>In Labels mode the service deactivates a revision that loses its last label. You are told before, and one that has traffic is refused with RevisionProtected.</note>
/// <seealso cref="SetAcaRevisionLabelCommand"/>
/// <seealso cref="GetAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Remove, "AcaRevisionLabel", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TrafficChange))]
public sealed class RemoveAcaRevisionLabelCommand : TrafficChangeCmdlet
{
    private readonly List<AppScope> _revisions = [];
    private readonly HashSet<ContainerAppId> _wholeApps = [];

    /// <summary>The labels. Of a revision that is piped, or named by its resource id: only these of its labels; all of them when left out. An app needs them.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(ParameterSetName = ParameterSets.ByInputObject)]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Label { get; set; } = [];

    /// <summary>The revisions to take labels off, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    private protected override IEnumerable<AppScope> Scopes()
    {
        if (ParameterSetName == ParameterSets.ByName)
        {
            return base.Scopes();
        }

        var scopes = ParameterSetName == ParameterSets.ByInputObject ? ScopesOf(InputObject, AppScope.OfRevision) : ScopesOfResourceIds();
        _revisions.AddRange(scopes.Where(scope => scope.RevisionName is not null));
        _wholeApps.UnionWith(scopes.Where(scope => scope.RevisionName is null).Select(AppOf));
        return scopes;
    }

    private protected override TrafficEdit? EditOf(AppScope scope, AppState state)
    {
        var app = state.App;
        if (ParameterSetName != ParameterSets.ByName && !_wholeApps.Contains(app.Id))
        {
            return new TakeOffLabelsEdit(LabelsOfRevisions(app));
        }

        var labels = Label.Length > 0
            ? NamedLabels(app)
            : throw TrafficFailure.Of(FailureKind.InvalidTrafficRequest, app, $"Which labels of '{app.Name}' are to go? Give -Label, or pipe a revision to take all of its labels off.");
        return labels.Count > 0 ? new TakeOffLabelsEdit(labels) : null;
    }

    private protected override string ActionOf(TrafficPlan plan) =>
        $"Remove label {string.Join(", ", Labels(plan.Before).Except(Labels(plan.After), StringComparer.OrdinalIgnoreCase))}";

    private List<TrafficTarget> NamedLabels(ContainerApp app)
    {
        List<TrafficTarget> found = [];
        foreach (var label in Label.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                found.Add(LabelRules.Find(app, label));
            }
            catch (RevisionToolsException failure)
            {
                Fail(failure, app.ResourceId);
            }
        }

        return found;
    }

    /// <summary>The labels on the piped revisions. One on an entry that follows the latest belongs to the newest.</summary>
    private List<TrafficTarget> LabelsOfRevisions(ContainerApp app)
    {
        var names = _revisions.Where(scope => AppOf(scope).Equals(app.Id))
            .Select(scope => RevisionNames.Full(app.Name, scope.RevisionName!)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. app.Traffic
            .Where(entry => entry.Label is { Length: > 0 } label && (Label.Length == 0 || Label.Contains(label, StringComparer.OrdinalIgnoreCase)))
            .Where(entry => names.Contains((entry.LatestRevision ? app.LatestRevisionName : entry.RevisionName) ?? ""))
            .Select(entry => new TrafficTarget(entry.Target, entry.Label))];
    }

    private static ContainerAppId AppOf(AppScope scope) => new(scope.SubscriptionId, scope.ResourceGroupName!, scope.AppName!);

    private static IEnumerable<string> Labels(IEnumerable<TrafficEntry> table) =>
        table.Select(entry => entry.Label).OfType<string>().Where(label => label.Length > 0);
}
