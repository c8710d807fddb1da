using System.Management.Automation;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;

namespace RevisionTools.Cmdlets;

/// <summary>Waits until revisions are ready, active or inactive, and says at once when one has failed.</summary>
/// <remarks>
/// <para>Ready: up and healthy, whether anything reaches it or not; a revision that is scaled to zero counts unless -MinReadyReplica asks for replicas. Active: up, and traffic or events reach it. Inactive: down; one that the platform has purged meanwhile, or that went with its app, counts, with the stage Removed.</para>
/// <para>Several revisions are waited for at once. Each is written as soon as it is there, and each that fails or is late has an error of its own.</para>
/// <para>A revision that has failed ends its wait at once with RevisionFailed: in the message are the platform's own words, those about its containers too, and what they mean; the recommended action says what to do. The exception has the properties Cause, Advice and Revision. One that reads as failed from the beginning gets half a minute, since a revision goes on reading so for a while after it was activated again. A wait that runs out ends with RevisionWaitTimeout and the last state seen. A stage that is not known is waited through.</para>
/// </remarks>
/// <example>
/// <para>Wait until a canary serves, has a replica ready and answers for itself.</para>
/// <code>
/// Wait-AcaRevision web-checkout v2-15 -Stage Active -MinReadyReplica 1 -ProbePath /healthz -TimeoutSec 120
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-15                10 canary     2026-11-20 08:33 Active, gets 10 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>Activate an old revision, and go on when it has been ready for a minute.</para>
/// <code>
/// Set-AcaRevisionState Active web-search '0000001' -PassThru | Wait-AcaRevision -StableFor 1m
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
/// <para>Wait until what was deactivated is really down.</para>
/// <code>
/// $ids = (Get-AcaRevision web-checkout v2-10, v2-11 | Set-AcaRevisionState Inactive -PassThru).ResourceId
/// Wait-AcaRevision -ResourceId $ids -Stage Inactive | Sort-Object Name
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-10                 0            2026-10-10 08:58 Inactive, kept for rollback until purged
/// web-checkout--v2-11                 0            2026-10-18 08:58 Inactive, kept for rollback until purged
/// </code>
/// </example>
/// <output cref="Revision">Each revision as soon as it is there. None that has failed or is late: these are errors.</output>
/// <note>Azure is asked every three seconds or so, less often the more revisions there are. Throttling, trouble of the service and lost connections are waited through until the time is up, and no longer: a look that has no answer by then is let go, save that the last one may take three seconds; a look that got no answer counts as a break of -StableFor, since nobody knows what was then.</note>
/// <seealso cref="WatchAcaRevisionCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="GetAcaReplicaCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsLifecycle.Wait, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Revision))]
public sealed class WaitAcaRevisionCommand : NamedRevisionCmdlet
{
    /// <summary>What to wait for: Ready, Active or Inactive; Ready when left out.</summary>
    /// <value>Ready</value>
    [Parameter]
    [ValidateSet(nameof(RevisionStage.Ready), nameof(RevisionStage.Active), nameof(RevisionStage.Inactive))]
    [EnumNameTransformation(typeof(RevisionStage))]
    public RevisionStage Stage { get; set; } = RevisionStage.Ready;

    /// <summary>How long to wait for each revision, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How long it has to hold without a break, with its unit: 30s, 5m, 00:05:00. When left out, once is enough.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan StableFor { get; set; }

    /// <summary>How many replicas must have all their containers ready; 0 when left out.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MinReadyReplica { get; set; }

    /// <summary>A path, beginning with '/', that the revision itself must answer with 2xx or 3xx. It is asked for over HTTPS at the revision's own host name, without any credential, and redirects are not followed. The host of an app with internal ingress is to be reached only from inside its network.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProbePath { get; set; }

    private WaitCondition Condition => new()
    {
        Stage = Stage,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        StableFor = StableFor,
        MinReadyReplica = MinReadyReplica,
        ProbePath = ProbePath,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Condition.RequireSound();
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, null);
        }
    }

    private protected override bool TellsOutcome => true;

    private protected override void OnResult(object result) => Conclude(PipelineOutcomes.Arrived(Stage, (Revision)result));

    private protected override void ProcessAll()
    {
        var revisions = ReadTargets().Select(target => target.Revision).ToList();
        if (revisions.Count > 0)
        {
            var session = Session;
            Log.Section($"Waiting until {Stage}: {string.Join(", ", revisions)}");
            Run((output, token) => new WaitRunner(session.Azure, session.Probe, Condition, Random.Shared, output).RunAsync(revisions, token));
        }
    }
}
