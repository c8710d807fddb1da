using System.Management.Automation;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;

namespace RevisionTools.Cmdlets;

/// <summary>Activates or deactivates revisions, unless that would cut off traffic or leave nothing standing.</summary>
/// <remarks>
/// <para>A revision that is already in the wanted state is a success. Before each call the app is read afresh and the interlocks are asked again; after it the revision is read back.</para>
/// <para>Refused with RevisionProtected: a revision that gets traffic (CarriesTraffic, always); the last active one (LastActive) and revisions of an app in single-revision mode (SingleMode), where -Force asks instead; a revision with a label (Labelled) without -Force. A revision in a state that is not understood is asked about. Such a question cannot be answered by a switch: where nobody can be asked, the revision is refused.</para>
/// <para>Allowed, since you named it: the newest revision, one in transition, and one that consumes events (scale rules other than HTTP, Dapr, function triggers, no ingress); you are warned when it is the only consumer of a source. In single-revision mode activating an old revision makes the service take the live one down, so that is refused too.</para>
/// <para>Azure goes on saying active for 15 to 70 seconds after a deactivation; -Wait lasts until it is over. An activated revision that fails ends the wait at once with RevisionFailed, in the platform's own words and with what to do.</para>
/// </remarks>
/// <example>
/// <para>Deactivate what nothing reaches.</para>
/// <code>
/// Get-AcaRevision web-shop -Stage Ready | Set-AcaRevisionState Inactive -Wait -PassThru | Group-Object Stage -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    30 Inactive
/// </code>
/// </example>
/// <example>
/// <para>Activate an old revision and look at it.</para>
/// <code>
/// Set-AcaRevisionState Active -ContainerAppName web-search -Name web-search--0000001 -Wait -PassThru
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-search--0000001                 0            2026-10-21 08:59 Ready, idle: no traffic, no event work
/// </code>
/// </example>
/// <example>
/// <para>See what would become of a revision that is known by its resource id.</para>
/// <code>
/// $app = Get-AcaApp web-checkout
/// Set-AcaRevisionState Inactive -ResourceId "$($app.ResourceId)/revisions/web-checkout--v2-10" -WhatIf
/// </code>
/// <code language="output">
/// What if: Performing the operation "Deactivate revision" on target "web-checkout--v2-10 (rg-shop/web-checkout)".
/// </code>
/// </example>
/// <output cref="Revision">With -PassThru: each revision as it is after the change. Nothing without.</output>
/// <note>While another operation on the app is going on, it is waited for up to -TimeoutSec; then the change fails with RevisionConflict. An activation that Azure refuses because a registry or secret of the revision is gone fails with RequestRefused and Azure's own words.</note>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="WaitAcaRevisionCommand"/>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Set, "AcaRevisionState", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Revision))]
public sealed class SetAcaRevisionStateCommand : RevisionTargetCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The wanted state.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [EnumNameTransformation(typeof(RevisionState))]
    public RevisionState State { get; set; }

    /// <summary>Waits until each revision is really there: ready, or no longer active.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each revision with -Wait, and before that how long to bear with an app on which another operation is going on, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Lets a revision with a label go, and asks about the last active one and about single-revision mode instead of refusing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessAll()
    {
        var approved = Approve(ReadTargets());
        if (approved.Count == 0)
        {
            return;
        }

        var azure = Session.Azure;
        var options = new StateChangeOptions
        {
            Target = State,
            Activity = $"Making revisions {State}",
            ThrottleLimit = ThrottleLimit,
            Patience = TimeSpan.FromSeconds(TimeoutSec),
            WaitTimeout = Wait ? TimeSpan.FromSeconds(TimeoutSec) : null,
        };
        Run(async (output, token) =>
        {
            var report = new NamedChangeReport(output, PassThru);
            using var runner = new StateChangeRunner(azure, options, output);
            await runner.RunAsync(approved, ReportAsync, token).ConfigureAwait(false);

            ValueTask ReportAsync(ApprovedStateChange change, StateChange end)
            {
                Conclude(PipelineOutcomes.Of(change.Revision, end));
                return report.ReportAsync(change.Revision, end);
            }
        });
    }

    private List<ApprovedStateChange> Approve(IReadOnlyList<(Revision Revision, AppSnapshot Snapshot)> targets)
    {
        Dictionary<ContainerAppId, NamedChangeSet> sets = [];
        List<ApprovedStateChange> approved = [];
        foreach (var (revision, snapshot) in targets)
        {
            if (RevisionStateChanger.IsThere(revision, State))
            {
                WriteVerbose($"Revision '{revision.Name}' is {revision.Stage} already.");
                if (Wait && !RevisionWaiter.HasArrived(revision, State))
                {
                    approved.Add(new ApprovedStateChange(revision, static (_, _, _) => default, IsUnderway: true));
                }
                else
                {
                    Conclude(PipelineOutcomes.Of(PipelineDecision.Unchanged, revision));
                    if (PassThru)
                    {
                        WriteObject(revision);
                    }
                }

                continue;
            }

            if (!sets.TryGetValue(snapshot.App.Id, out var set))
            {
                sets[snapshot.App.Id] = set = new NamedChangeSet(snapshot, State);
            }

            var change = set.Consider(revision, Force);
            switch (Ask(revision, change))
            {
                case Answer.Yes:
                    approved.Add(set.Approve(revision, change));
                    break;
                case Answer.WhatIf:
                    // So that what is shown for the next is what would be done.
                    set.Approve(revision, change);
                    break;
            }
        }

        return approved;
    }

    private Answer Ask(Revision revision, NamedStateChange change)
    {
        if (change.Verdict == InterlockVerdict.Refuse)
        {
            Fail(ProtectedRevision.Refusal(revision, change.Interlocks, change.Message), revision);
            return Answer.No;
        }

        if (change.Verdict == InterlockVerdict.Tell && change.Message.Length > 0)
        {
            Warn($"Revision '{revision.Name}': {change.Message}.");
        }

        var action = State == RevisionState.Active ? "Activate revision" : "Deactivate revision";
        var consequence = change.Verdict == InterlockVerdict.Ask ? $" {change.Message}." : "";
        var operation = $"Performing the operation \"{action}\" on target \"{Target(revision)}\".{consequence}";
        if (!ShouldProcess(operation, $"Are you sure you want to perform this action?\n{operation}", "Confirm", out var reason))
        {
            return reason == ShouldProcessReason.WhatIf ? Answer.WhatIf : Answer.No;
        }

        return change.Verdict != InterlockVerdict.Ask || IsInsistedOn(revision, change, action) ? Answer.Yes : Answer.No;
    }

    private bool IsInsistedOn(Revision revision, NamedStateChange change, string action)
    {
        // With a security impact the answer that Enter gives is No.
        if (ShouldContinue(
            $"{action} '{revision.Name}' although {change.Message}?", "This can cause an outage", hasSecurityImpact: true, ref _yesToAll, ref _noToAll) is { } answer)
        {
            return answer;
        }

        // An outage is not for a script to accept.
        Fail(ProtectedRevision.RefusalUnasked(revision, change.Interlocks, change.Message), revision);
        return false;
    }

    private enum Answer
    {
        No,
        Yes,
        WhatIf,
    }
}
