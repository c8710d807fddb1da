using System.Collections;
using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Sets who gets which share of an app's requests; or puts a traffic table back that was saved before.</summary>
/// <remarks>
/// <para>Targets are named by the revision's full name, its suffix, a label, or '@latest' in quotes (the entry that follows the latest revision). Where a text is both a suffix and a label of different revisions, say revision:v2 or label:v2.</para>
/// <para>With -Weight, targets that are not named keep what they have, and labels stay where they are. What is named must leave the sum at 100; else -Remainder says which one target gets 100 minus all others. Nothing is rescaled silently. With -To one target gets everything: entries with a label stay, at 0, and entries that hold neither weight nor label are dropped. With -InputObject the table becomes exactly the one that was saved, labels too.</para>
/// <para>Only the traffic table is sent. Right before the write the app is read afresh: where somebody else has moved the table, -Weight and -To are applied to it as it is now and you are warned; where that no longer fits, or a saved table would undo it, the error is TrafficChanged. After the write the app is read back. -WhatIf and -Confirm print the tables before and after side by side. The change itself, and not -WhatIf, returns an object with both, as they were read; its Before undoes it. Without -Confirm you are not asked: what would cut users off is refused instead.</para>
/// </remarks>
/// <example>
/// <para>A canary gets more; the one that it is taken from is named.</para>
/// <code>
/// Set-AcaTraffic web-checkout -Weight @{ canary = 25 } -Remainder stable
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 75 % stable
///         web-checkout--v2-15: 10 % canary -> 25 % canary
/// </code>
/// </example>
/// <example>
/// <para>Undo a change.</para>
/// <code>
/// $change = Set-AcaTraffic web-checkout -To v2-14
/// $change
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 100 % stable
///         web-checkout--v2-15: 10 % canary -> 0 % canary
/// </code>
/// <code>
/// $change.Before | Set-AcaTraffic
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 100 % stable -> 90 % stable
///         web-checkout--v2-15: 0 % canary -> 10 % canary
/// </code>
/// </example>
/// <example>
/// <para>Pin the traffic of an app that follows the latest revision to the one that serves now, by resource id.</para>
/// <code>
/// Get-AcaApp web-search | Set-AcaTraffic -To 'web-search--0000003'
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    @latest: 100 % -> -
///         web-search--0000003: - -> 100 %
/// </code>
/// </example>
/// <example>
/// <para>The canary's share of an app by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Set-AcaTraffic -Weight @{ canary = 20 } -Remainder stable
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 80 % stable
///         web-checkout--v2-15: 10 % canary -> 20 % canary
/// </code>
/// </example>
/// <example>
/// <para>A split by full names.</para>
/// <code>
/// Set-AcaTraffic web-checkout -Weight @{ 'web-checkout--v2-14' = 50; 'web-checkout--v2-15' = 50 }
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Written Changes
/// ------- -------
/// True    web-checkout--v2-14: 90 % stable -> 50 % stable
///         web-checkout--v2-15: 10 % canary -> 50 % canary
/// </code>
/// </example>
/// <output cref="TrafficChange">One for each app, with the table before and after. With -WhatIf only one for each app whose table is as wanted already.</output>
/// <note>Refused before anything is written: weights that are not whole or not from 0 to 100 (InvalidTrafficWeight), a target without a name (InvalidTrafficRequest), a sum other than 100 (InvalidTrafficSum), an unknown target (TrafficTargetNotFound), traffic to an inactive revision (TrafficTargetInactive), more traffic to one that is not ready (TrafficTargetNotReady, unless -AllowNotReady), a table in which nothing that gets traffic is ready while something is now (TrafficTargetNotReady, always), an app without ingress (IngressRequired) or in single-revision mode (MultipleModeRequired).</note>
/// <note>Azure takes no table that names a revision it has purged. An entry of such a one without weight is left out of whatever is written, its label with it, and you are warned; one with weight is refused with TrafficTargetNotFound until it is given 0 with -Weight, or -To gives everything to another. In Labels mode a change that takes the last label off a revision with traffic is refused with RevisionProtected.</note>
/// <seealso cref="GetAcaTrafficCommand"/>
/// <seealso cref="SwitchAcaRevisionLabelCommand"/>
/// <seealso cref="ExportAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Set, "AcaTraffic", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TrafficChange))]
public sealed class SetAcaTrafficCommand : TrafficChangeCmdlet
{
    private readonly Dictionary<ContainerAppId, List<SavedTraffic>> _saved = [];
    private IReadOnlyList<KeyValuePair<string, int>> _weights = [];

    /// <summary>The app. Without -ResourceGroupName it is looked for in the whole subscription, and must be the only one of its name. No wildcards: pipe from Get-AcaApp for these. With -InputObject: the app that the table must be of.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByNameTo)]
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByInputObject)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ContainerAppName { get; set; } = "";

    /// <summary>The resource group; PowerShell's wildcards may be used. All groups when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNameTo)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string? ResourceGroupName { get; set; }

    /// <summary>The subscription, a GUID. The connection's when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNameTo)]
    [ValidateNotNullOrEmpty]
    public override string? SubscriptionId { get; set; }

    /// <summary>Resource ids of apps, of revisions, or of anything below one. Objects of other modules bind by their Id. With -InputObject: the app that the table must be of.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByResourceIdTo)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByInputObject)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public override string[] ResourceId { get; set; } = [];

    /// <summary>The shares in percent, whole numbers from 0 to 100, by target: @{ stable = 90; 'v2-15' = 10; '@latest' = 0 }. Suffixes that are all digits go in quotes.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceId)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Weight { get; set; }

    /// <summary>The target that gets 100 minus all others, with -Weight.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(TrafficTargetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Remainder { get; set; }

    /// <summary>The target that gets everything.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByNameTo)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceIdTo)]
    [ArgumentCompleter(typeof(TrafficTargetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>A table as Get-AcaTraffic gives it, also one that Import-Clixml or ConvertFrom-Json has read; one of each app: an app of which several come is left as it is, with an error.</summary>
    /// <accepts cref="TrafficTable"/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Lets a revision get more traffic before it is ready.</summary>
    [Parameter]
    public SwitchParameter AllowNotReady { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _weights = Weight is null ? [] : TrafficInput.Weights(Weight);
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, Weight);
        }
    }

    private protected override IEnumerable<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByInputObject => ScopesOf([InputObject!], ScopeOfSaved),
        ParameterSets.ByResourceIdTo => ScopesOfResourceIds(),
        _ => base.Scopes(),
    };

    private protected override TrafficEdit? EditOf(AppScope scope, AppState state)
    {
        if (To is { } to)
        {
            return new AllToEdit(TrafficTargets.Find(to, state.Snapshot), AllowNotReady);
        }

        if (Weight is not null)
        {
            return WeightEdit.Of(_weights, Remainder, AllowNotReady, state.Snapshot);
        }

        return _saved[state.App.Id] is [var saved]
            ? new RestoreEdit(saved.Entries, state.App.Traffic, AllowNotReady)
            : throw TrafficFailure.Of(FailureKind.InvalidTrafficTable, state.App, $"Several tables of the app '{state.App.Name}' were given, and one can be put back. Nothing was changed.");
    }

    private protected override string ActionOf(TrafficPlan plan) => Weight is null && To is null ? "Restore traffic" : "Set traffic";

    private protected override PipelineOutcome OutcomeOf(TrafficChange change) => PipelineOutcomes.Of(change);

    private AppScope ScopeOfSaved(PSObject item)
    {
        var saved = TrafficInput.Saved(item);
        RequireApp(saved.App);
        if (!_saved.TryGetValue(saved.App, out var tables))
        {
            _saved[saved.App] = tables = [];
        }

        tables.Add(saved);
        return new AppScope(saved.App.SubscriptionId, saved.App.ResourceGroupName, saved.App.Name);
    }

    /// <summary>Where an app was named beside the table, it must be that of the table.</summary>
    private void RequireApp(ContainerAppId app)
    {
        var other = ResourceId.FirstOrDefault(id => ContainerAppId.TryParse(id)?.Equals(app) != true)
            ?? (ContainerAppName.Length > 0 && !Names.Same(ContainerAppName, app.Name) ? ContainerAppName : null);
        if (other is not null)
        {
            throw new RevisionToolsException(FailureKind.InvalidTrafficTable, $"The table is of the app '{app.Name}' ({app.ResourceGroupName}), not of '{other}'.");
        }
    }
}
