using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;

namespace RevisionTools.Cmdlets;

/// <summary>Restarts the replicas of revisions.</summary>
/// <remarks>
/// <para>The service starts new replicas and takes the old ones down; nothing of the revision itself changes. -Wait lasts until that is proved: the hash in the names of replicas is another, all of the old ones have gone, and as many as are wanted are ready. Where there was no replica to replace, or the revision is scaled to zero and none comes for half a minute, nothing is proved, and a warning says so.</para>
/// <para>A restart takes in values of secrets that have changed, those that a reference to a key vault leads to as well. It never takes in a changed image, environment variable, scale or anything else of the template: that takes a new revision, which starts with the secrets of the day anyway.</para>
/// <para>-AllActive restarts every active revision of the apps, one at a time: those with the least traffic first, the next only when the last is ready. The first failure ends it, and a warning names those that were not attempted.</para>
/// </remarks>
/// <example>
/// <para>Restart what serves now, after a secret was changed, and make sure of it.</para>
/// <code>
/// Get-AcaRevision web-shop -Stage Active | Restart-AcaRevision -Wait -PassThru
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-shop--0000030                 100            2026-11-20 03:59 Active, gets 100 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>Restart one revision by its name.</para>
/// <code>
/// Restart-AcaRevision web-checkout v2-14 -PassThru
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-14                90 stable     2026-11-14 08:59 Active, gets 90 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>Restart all that is active of an app, one after the other.</para>
/// <code>
/// Restart-AcaRevision web-checkout -AllActive -PassThru
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-10                 0            2026-10-10 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-11                 0            2026-10-18 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-12                 0 previous   2026-10-31 09:00 Ready, idle: reached by label previous only
/// web-checkout--v2-13                 0            2026-11-07 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-15                10 canary     2026-11-20 08:33 Active, gets 10 % of the traffic
/// web-checkout--v2-14                90 stable     2026-11-14 08:59 Active, gets 90 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>The same for apps that come by the pipeline.</para>
/// <code>
/// Get-AcaApp notifications | Restart-AcaRevision -AllActive -PassThru
/// </code>
/// <code language="output">
///    ContainerApp: notifications (rg-data)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// notifications--y5a3g7t              0            2026-10-15 08:59 Active, consumes events: dapr:notifications
/// notifications--0000001              0            2026-10-22 08:59 Active, consumes events: dapr:notifications
/// notifications--0000002              0            2026-10-24 08:59 Active, consumes events: dapr:notifications
/// notifications--0000003            100            2026-11-12 08:58 Active, gets 100 % of the traffic
/// </code>
/// </example>
/// <output cref="Revision">With -PassThru: each revision as it is after its restart. Nothing without.</output>
/// <note>An inactive revision has nothing to restart and is refused. While another operation on the app is going on, it is waited for up to -TimeoutSec; then the restart fails with RevisionConflict. A restart whose answer was lost is not sent again; with -Wait the replicas show whether it happened.</note>
/// <seealso cref="GetAcaReplicaCommand"/>
/// <seealso cref="WaitAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsLifecycle.Restart, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Revision))]
public sealed class RestartAcaRevisionCommand : RevisionTargetCmdlet
{
    private readonly List<AppScope> _apps = [];

    /// <inheritdoc cref="NamedRevisionCmdlet.ContainerAppName"/>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.AllActive)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ContainerAppName { get; set; } = "";

    /// <inheritdoc cref="ScopeCmdlet.ResourceGroupName"/>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.AllActive)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string? ResourceGroupName { get; set; }

    /// <inheritdoc cref="ScopeCmdlet.SubscriptionId"/>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.AllActive)]
    [ValidateNotNullOrEmpty]
    public override string? SubscriptionId { get; set; }

    /// <summary>Restarts every active revision of the app, one at a time, each only when the one before is ready. Takes the app by name or by resource id, so that apps can be piped. Waits as -Wait does.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.AllActive)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    public SwitchParameter AllActive { get; set; }

    /// <summary>Waits until other replicas have taken the place of those before, and are ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to bear with an app on which another operation is going on, and after that how long to wait for each revision, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (AllActive)
        {
            _apps.AddRange(ParameterSetName == ParameterSets.ByResourceId ? ScopesOfResourceIds().Where(IsApp) : [ScopeOf(ContainerAppName)]);
        }
        else
        {
            base.ProcessRecord();
        }
    }

    private protected override void ProcessAll()
    {
        List<RevisionId> approved = [];
        foreach (var revision in AllActive ? ReadActive() : ReadTargets().Select(target => target.Revision))
        {
            if (!revision.IsStanding)
            {
                var failure = new RevisionToolsException(
                    FailureKind.RequestRefused, $"Revision '{revision.Name}' is {revision.Stage}; only an active revision can be restarted.");
                Fail(failure, revision);
            }
            else if (ShouldProcess(Target(revision), "Restart revision"))
            {
                approved.Add(revision.Id);
            }
        }

        if (approved.Count > 0)
        {
            Restart(approved);
        }
    }

    private void Restart(List<RevisionId> approved)
    {
        var azure = Session.Azure;
        var options = new RestartOptions
        {
            ThrottleLimit = ThrottleLimit,
            Wait = Wait,
            IsRolling = AllActive,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
        };
        Run((output, token) => new RestartRunner(azure, options, output).RunAsync(
            approved,
            revision =>
            {
                Conclude(PipelineOutcomes.Of(PipelineDecision.Restarted, revision));
                return PassThru ? output.EmitAsync(revision) : ValueTask.CompletedTask;
            },
            token));
    }

    private IEnumerable<Revision> ReadActive()
    {
        var azure = Session.Azure;
        IReadOnlyList<(AppScope Scope, AppState State)> apps = [];
        Run(async (output, token) => apps = await new AppStatesReader(azure, output).ReadAsync(_apps, token).ConfigureAwait(false));
        return apps.SelectMany(app => RollingOrder.Of(app.State.Snapshot));
    }

    private bool IsApp(AppScope scope)
    {
        if (scope.RevisionName is null)
        {
            return true;
        }

        var failure = new RevisionToolsException(
            FailureKind.InvalidResourceId, $"The resource id names the revision '{scope.RevisionName}'; -AllActive is about whole apps. Leave it out, or give the app.");
        Fail(failure, scope.RevisionName);
        return false;
    }
}
