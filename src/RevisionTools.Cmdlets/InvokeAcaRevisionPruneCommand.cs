using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Deactivates old revisions by a retention policy, and spares what traffic, labels or events depend on.</summary>
/// <remarks>
/// <para>A revision that any keep rule holds is kept; of the others those are deactivated that no interlock protects. There is no delete of a revision in Azure: a deactivated one costs nothing, can be activated again, and is purged by the platform, late, once the app has more inactive revisions than its limit.</para>
/// <para>The apps are read first and a plan is made; -PlanOnly returns it and changes nothing. Then each deactivation is asked about (ConfirmImpact is High; -Confirm:$false for runbooks), preceded by a fresh read on which rules and interlocks are asked again, and followed by a read-back. At the end each app is compared with what it was: whatever else changed is reported as a warning.</para>
/// <para>Results come as they are ready: Blocked (an interlock protects it), Deactivated, AlreadyInactive, Drifted (a rule or an interlock held by the time its turn came), Failed, Unknown (sent, and nobody can say whether it took effect) and NotAttempted (what had failed before would have failed here too).</para>
/// <para>An event consumer goes (-IncludeEventConsumer) only where one newer revision that is ready and stays has all of its triggers, compared one by one: scale rules by source and by the account, namespace or server it is in, functions by name and trigger. What is missing is named. Its replicas are then waited for (-DrainTimeout), since one that is inactive may still be at work; the result says how long that took. A source that several active revisions consume is a warning, and in DoubleConsumers of the plan.</para>
/// <para>Never pruned: revisions that get traffic, the last active one, revisions of apps in single-revision mode, the newest and the newest ready one, revisions in transition or in a state that is not understood. Kept unless said otherwise: revisions with a label (-IncludeLabelled) and revisions that consume events at any traffic weight (-IncludeEventConsumer).</para>
/// </remarks>
/// <example>
/// <para>What would be done, and why.</para>
/// <code>
/// (Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly).Entries
/// </code>
/// </example>
/// <example>
/// <para>Keep three revisions and whatever is younger than two days, in a runbook.</para>
/// <code>
/// Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -KeepSinceCreated 48h -Confirm:$false
/// </code>
/// </example>
/// <example>
/// <para>Only among revisions that were chosen before.</para>
/// <code>
/// Get-AcaRevision web-shop -Stage Ready | Invoke-AcaRevisionPrune -KeepLast 5 -WhatIf
/// </code>
/// </example>
/// <example>
/// <para>See what would be pruned of an app that is known by its resource id.</para>
/// <code>
/// $app = Get-AcaApp api-images
/// Invoke-AcaRevisionPrune -ResourceId $app.ResourceId -KeepSinceActive 30d -PlanOnly
/// </code>
/// </example>
/// <example>
/// <para>Hand the queue over to the newest revision, and wait until the old ones have finished what they had taken.</para>
/// <code>
/// Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -DrainTimeout 5m -Confirm:$false
/// </code>
/// </example>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
[Cmdlet(VerbsLifecycle.Invoke, "AcaRevisionPrune", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PruneResult), typeof(PrunePlan))]
public sealed class InvokeAcaRevisionPruneCommand : ScopeCmdlet, IRetentionRules
{
    private readonly List<AppScope> _scopes = [];

    /// <summary>Names of apps; PowerShell's wildcards may be used, and * alone means every app.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ContainerAppName { get; set; } = [];

    /// <summary>The apps, as Get-AcaApp gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public ContainerApp[] InputObject { get; set; } = [];

    /// <summary>The revisions that may be pruned, as Get-AcaRevision gives them. The rules still look at the whole app.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByRevision)]
    [ValidateNotNull]
    public Revision[] Revision { get; set; } = [];

    /// <summary>The keep rules as one object, as New-AcaRetentionPolicy makes it, or the path of a file with them. Not together with rules as parameters.</summary>
    [Parameter]
    [RetentionPolicyTransformation]
    public RetentionPolicy? Policy { get; set; }

    /// <summary>Keeps this many of the newest active revisions of each app, or of each group of -GroupBy. Those that have failed or are going down are nothing to go back to and do not count. 0 only together with another keep rule.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepLast { get; set; }

    /// <summary>Keeps revisions made within this time: 7d, 48h, 2d12h, 48:00:00 or 2.00:00:00. A number without a unit is refused.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? KeepSinceCreated { get; set; }

    /// <summary>Keeps revisions that were in use within this time. Azure does not record when traffic ended, so a revision counts as in use until the next newer one was made. Written as for -KeepSinceCreated.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? KeepSinceActive { get; set; }

    /// <summary>Keeps the newest revision of each of this many days, of the last days on which any was made. While there are fewer days, the oldest revision stands in.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepDaily { get; set; }

    /// <summary>The same for weeks, which begin on Monday.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepWeekly { get; set; }

    /// <summary>The same for months.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepMonthly { get; set; }

    /// <summary>The time zone of days, weeks and months, such as Europe/Berlin. UTC when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Keeps for each label the revision that has it and those that had it last, this many in all.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepLastPerLabel { get; set; }

    /// <summary>Keeps this many of the newest active revisions of each image repository, whatever its tag.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepLastPerImage { get; set; }

    /// <summary>Keeps revisions whose full name, or the part after app--, matches; PowerShell's wildcards may be used.</summary>
    [Parameter]
    public string[]? KeepName { get; set; }

    /// <summary>Keeps this many of the newest active revisions that could start again, as Test-AcaRevision tells it.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepReady { get; set; }

    /// <summary>A ceiling for active revisions. Where the rules would keep more, those that only rules of time keep give way, the oldest first; alone, it keeps this many of the newest.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? MaxActive { get; set; }

    /// <summary>Lowers the app's limit of inactive revisions to this, 1 to 100, as a step of its own. Beyond it Azure purges the oldest, late. Refused where it would take revisions that a keep rule names.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? MaxInactive { get; set; }

    /// <summary>Prunes revisions that have failed as soon as they are older than this, whatever rule but -KeepName would keep them, and the newest revision too. Written as for -KeepSinceCreated.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Failed { get; set; }

    /// <summary>What the rules that count are applied to: the App as a whole, or each Image repository or Label by itself.</summary>
    [Parameter]
    public RetentionGrouping GroupBy { get; set; }

    /// <summary>Lets revisions with a label go too; the label's host goes dead.</summary>
    [Parameter]
    public SwitchParameter IncludeLabelled { get; set; }

    /// <summary>Lets revisions go that consume events (non-HTTP scale rules, Dapr, function triggers, or no ingress at all), where a newer ready revision takes all that they take.</summary>
    [Parameter]
    public SwitchParameter IncludeEventConsumer { get; set; }

    /// <summary>How long to wait until an event consumer that was taken down by -IncludeEventConsumer has no replica left, also without -Wait: its replicas finish the work that they have taken. 10 minutes when left out, 0 for not at all. Written as for -KeepSinceCreated.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Returns the plan, one object an app with a decision and reasons for each revision, and changes nothing.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Waits until each revision is really inactive, which takes 15 to 70 seconds.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each revision, in seconds; 300 when left out.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How many apps are read, and how many revisions are deactivated, at once; 4 when left out.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    private PruneRequest Request => new(Policy ?? RetentionRules.PolicyOf(this), new InterlockLifts(IncludeLabelled, IncludeEventConsumer));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            RetentionRules.RefuseEmpty(MyInvocation.BoundParameters);
            RetentionRules.RefuseBeside(Policy, MyInvocation.BoundParameters);
            Request.Policy.Validate();
            RefuseNegativeDrain();
        }
        catch (RevisionToolsException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, Request.Policy));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _scopes.AddRange(ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfApp),
        ParameterSets.ByRevision => ScopesOf(Revision, AppScope.OfRevision),
        _ => ContainerAppName.Select(name => ScopeOf(name)),
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var azure = Session.Azure;
        if (_scopes.Count == 0)
        {
            return;
        }

        List<PrunePlan> plans = [];
        Run(async (output, token) => plans.AddRange(
            await new PlanReader(azure, output).ReadAsync(_scopes, Request, ThrottleLimit, token).ConfigureAwait(false)));
        if (PlanOnly)
        {
            WriteObject(plans, enumerateCollection: true);
            return;
        }

        var approved = Approve(plans);
        if (approved.Any(prune => prune.Entries.Count > 0))
        {
            Carry(approved, azure);
        }
    }

    private void RefuseNegativeDrain()
    {
        if (DrainTimeout < TimeSpan.Zero)
        {
            throw new RevisionToolsException(FailureKind.InvalidPruneRequest, $"-DrainTimeout must not be negative: {DrainTimeout}.");
        }
    }

    private List<ApprovedPrune> Approve(IEnumerable<PrunePlan> plans)
    {
        List<ApprovedPrune> approved = [];
        foreach (var plan in plans)
        {
            List<PrunePlanEntry> entries = [];
            foreach (var entry in plan.Entries)
            {
                if (entry.Decision == PruneDecision.Blocked)
                {
                    WriteObject(PruneResult.Of(entry.Revision, PruneOutcome.Blocked, string.Join("; ", entry.BlockedReasons), entry.BlockedBy));
                }
                else if (entry.Decision == PruneDecision.Deactivate && ShouldProcess(Target(entry.Revision), "Deactivate revision"))
                {
                    entries.Add(entry);
                }
            }

            approved.Add(new ApprovedPrune(plan, entries));
        }

        return approved;
    }

    private void Carry(IReadOnlyList<ApprovedPrune> approved, IContainerApps azure)
    {
        var options = new PruneRunOptions
        {
            ThrottleLimit = ThrottleLimit,
            WaitTimeout = Wait ? TimeSpan.FromSeconds(TimeoutSec) : null,
            DrainTimeout = DrainTimeout,
        };
        Run((output, token) => new PruneRunner(azure, options, output).RunAsync(approved, token));
    }
}
