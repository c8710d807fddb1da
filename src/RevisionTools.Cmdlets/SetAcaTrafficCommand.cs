using System.Collections;
using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Sets who gets which share of an app's requests; or puts a traffic table back that was saved before.</summary>
/// <remarks>
/// <para>Targets are named by the revision's full name, its suffix, a label, or '@latest' in quotes (the entry that follows the latest revision). Where a text is both a suffix and a label of different revisions, say revision:v2 or label:v2.</para>
/// <para>With -Weight, targets that are not named keep what they have, and labels stay where they are. What is named must leave the sum at 100; else -Remainder says which one target gets 100 minus all others. Nothing is rescaled silently. With -To one target gets everything: entries with a label stay, at 0, and entries that hold neither weight nor label are dropped. With -InputObject the table becomes exactly the one that was saved, labels too.</para>
/// <para>Refused before anything is written: weights that are not whole or not from 0 to 100 (InvalidTrafficWeight), a sum other than 100 (InvalidTrafficSum), an unknown target (TrafficTargetNotFound), traffic to an inactive revision (TrafficTargetInactive), more traffic to one that is not ready (TrafficTargetNotReady, unless -AllowNotReady), a table in which nothing that gets traffic is ready while something is now (TrafficTargetNotReady, always), an app without ingress (IngressRequired) or in single-revision mode (MultipleModeRequired).</para>
/// <para>Only the traffic table is sent. Right before the write the app is read afresh: where somebody else has moved the table, -Weight and -To are applied to it as it is now and you are warned; where that no longer fits, or a saved table would undo it, the error is TrafficChanged. After the write the app is read back. The change comes back as an object with the tables before and after; its Before undoes it. -WhatIf and -Confirm show both side by side. Without -Confirm you are not asked: what would cut users off is refused instead.</para>
/// </remarks>
/// <example>
/// <para>A canary gets more; the one that it is taken from is named.</para>
/// <code>
/// Set-AcaTraffic web-checkout -Weight @{ canary = 25 } -Remainder stable
/// </code>
/// </example>
/// <example>
/// <para>Undo a change.</para>
/// <code>
/// $change = Set-AcaTraffic web-checkout -To v2-14
/// $change.Before | Set-AcaTraffic
/// </code>
/// </example>
/// <example>
/// <para>Pin the traffic of an app that follows the latest revision to the one that serves now, by resource id.</para>
/// <code>
/// Get-AcaApp web-search | Set-AcaTraffic -To 'web-search--0000003'
/// </code>
/// </example>
/// <example>
/// <para>A split by full names.</para>
/// <code>
/// Set-AcaTraffic web-checkout -Weight @{ 'web-checkout--v2-14' = 50; 'web-checkout--v2-15' = 50 }
/// </code>
/// </example>
/// <seealso cref="GetAcaTrafficCommand"/>
/// <seealso cref="SwitchAcaRevisionLabelCommand"/>
/// <seealso cref="ExportAcaTrafficCommand"/>
[Cmdlet(VerbsCommon.Set, "AcaTraffic", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TrafficChange))]
public sealed class SetAcaTrafficCommand : TrafficChangeCmdlet
{
    private readonly Dictionary<ContainerAppId, SavedTraffic> _saved = [];
    private IReadOnlyList<KeyValuePair<string, int>> _weights = [];

    /// <summary>The shares in percent, whole numbers from 0 to 100, by target: @{ stable = 90; 'v2-15' = 10; '@latest' = 0 }. Suffixes that are all digits go in quotes.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Weight { get; set; }

    /// <summary>The target that gets 100 minus all others, with -Weight.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(TrafficTargetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Remainder { get; set; }

    /// <summary>The target that gets everything.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(TrafficTargetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>A table as Get-AcaTraffic gives it, also one that Import-Clixml or ConvertFrom-Json has read. Where -ContainerAppName is given too, it must be of that app.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
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
            ThrowTerminatingError(ErrorRecords.From(failure, Weight));
        }
    }

    private protected override IEnumerable<AppScope> Scopes()
    {
        if (ParameterSetName == ParameterSets.ByInputObject)
        {
            return ScopesOf([InputObject!], ScopeOfSaved);
        }

        // Which set it is shows when the pipeline has been bound, not before.
        if ((Weight is null ? 0 : 1) + (To is null ? 0 : 1) + (InputObject is null ? 0 : 1) != 1 || (Remainder is not null && Weight is null))
        {
            ThrowTerminatingError(ErrorRecords.From(
                new RevisionToolsException(FailureKind.InvalidTrafficWeight, "Give one of -Weight, -To and -InputObject; -Remainder goes with -Weight."), null));
        }

        return base.Scopes();
    }

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

        var saved = _saved.TryGetValue(state.App.Id, out var piped) ? piped : TrafficInput.Saved(InputObject!, state.App);
        return new RestoreEdit(saved.Entries, state.App.Traffic, AllowNotReady);
    }

    private protected override string ActionOf(TrafficPlan plan) => Weight is null && To is null ? "Restore traffic" : "Set traffic";

    private AppScope ScopeOfSaved(PSObject item)
    {
        var saved = TrafficInput.Saved(item);
        return _saved.TryAdd(saved.App, saved)
            ? new AppScope(saved.App.SubscriptionId, saved.App.ResourceGroupName, saved.App.Name)
            : throw new RevisionToolsException(FailureKind.InvalidTrafficTable, $"Several tables of the app '{saved.App.Name}' were given; the first one counts.");
    }
}
