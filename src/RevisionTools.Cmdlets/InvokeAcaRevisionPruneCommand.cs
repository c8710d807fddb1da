using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Cmdlets.Simulation;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Pruning.Reports;
using RevisionTools.Pruning.Saved;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>Deactivates old revisions by a retention policy, and spares what traffic, labels or events depend on.</summary>
/// <remarks>
/// <para>A revision that any keep rule holds is kept; of the others those are deactivated that no interlock protects. There is no delete of a revision in Azure: a deactivated one costs nothing, can be activated again, and is purged by the platform, late, once the app has more inactive revisions than its limit.</para>
/// <para>The apps are read first and a plan is made; -PlanOnly returns it and changes nothing. Then each deactivation is asked about (ConfirmImpact is High; -Confirm:$false for runbooks), preceded by a fresh read on which rules and interlocks are asked again, and followed by a read-back. At the end each app is compared with what it was: whatever else changed is reported as a warning.</para>
/// <para>A plan can be looked at, saved with -PlanPath and carried out later with -Plan, on another machine too, but only in the same cloud and subscription. It knows all that it was made from: an app that has moved since in anything that its plan depends on is refused with PrunePlanDrifted and what has moved, and the other apps go on. That Azure has purged an inactive revision is no such thing, nor what the plan itself wants: revisions that it takes down and that are down or purged by now, a limit as low as it makes it. So a plan that was cut off is carried out to its end by the same command, and one that is done gives AlreadyInactive. -AllowDrift makes a new plan by the same rules and carries out what both agree on. With -PlanOnly, -Plan is planned again on what was saved, by other rules or -AsOf another moment, without a look at Azure.</para>
/// <para>With -MaxInactive the app's limit of inactive revisions is lowered as a step of its own, after the deactivations of the app, and only if none of them failed. Where the limit would let Azure purge an inactive revision that a keep rule holds, the app's plan fails with RetentionTooLow before anything is sent.</para>
/// <para>With -WhatIf nothing comes but what would be done, a line for each app and one for all. Else results come as they are ready: Blocked (an interlock protects it), Deactivated, AlreadyInactive, Drifted (a rule or an interlock held by the time its turn came), Failed, Unknown (sent, and nobody can say whether it took effect) and NotAttempted (what had failed before would have failed here too, or a stop rule had ended the run).</para>
/// <para>An event consumer goes (-IncludeEventConsumer) only where one newer revision (or, for one that -Failed lets go, an older one) that is ready and stays has all of its triggers, compared one by one: scale rules by source and by the account, namespace or server it is in, functions by name and trigger. What is missing is named. Its replicas are then waited for (-DrainTimeout), since one that is inactive may still be at work; the result says how long that took. A source that several active revisions consume is a warning, and in DoubleConsumers of the plan.</para>
/// <para>Never pruned: revisions that get traffic, the last active one, revisions of apps in single-revision mode, the newest and the newest ready one, revisions in transition or in a state that is not understood. Kept unless said otherwise: revisions with a label (-IncludeLabelled) and revisions that consume events at any traffic weight (-IncludeEventConsumer).</para>
/// <para>Event consumers of an app go last and one after another, the others oldest first. With -JournalPath each write stands in a file before it is sent: a run that was cut off, by -Deadline, by -MaxFailure or by whatever ended the process, goes on when the same command is run with the same file, and looks first at what became of the writes that were under way. Undo-AcaRevisionPrune undoes it. A line of the file that was cut off is removed, with a warning; a file that is damaged elsewhere, is not a journal, is about another cloud or is in use by another run is refused with InvalidJournal.</para>
/// </remarks>
/// <example>
/// <para>What would be done, and why.</para>
/// <code>
/// (Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -PlanOnly).Entries
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Decision   Stage        Reasons
/// ----                           --------   -----        -------
/// web-checkout--v2-10            Deactivate Ready        kept by no rule: no. 6 of 6 active, created 41 d ago
/// web-checkout--v2-11            Deactivate Ready        kept by no rule: no. 5 of 6 active, created 33 d ago
/// web-checkout--v2-12            Blocked    Ready        Labelled: the host of label previous would go dead; kept by no
///                                                        rule: no. 4 of 6 active, created 20 d ago
/// web-checkout--v2-13            Keep       Ready        no. 3 of the newest active (KeepLast 3)
/// web-checkout--v2-14            Keep       Active       no. 2 of the newest active (KeepLast 3)
/// web-checkout--v2-15            Keep       Active       no. 1 of the newest active (KeepLast 3)
/// </code>
/// </example>
/// <example>
/// <para>Keep three revisions and whatever is younger than two days, in a runbook.</para>
/// <code>
/// Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -KeepSinceCreated 48h -Confirm:$false | Group-Object Outcome -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    30 Deactivated
///     2 Blocked
/// </code>
/// </example>
/// <example>
/// <para>In a runbook that may take three hours: with a journal, and an end in time.</para>
/// <code>
/// $results = Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -JournalPath ./prune.jsonl -Deadline 2h45m -MaxFailure 3 -Confirm:$false
/// $results | Where-Object Outcome -ne Deactivated | Sort-Object ContainerAppName
/// </code>
/// <code language="output">
///    ContainerApp: web-account (rg-shop)
///
/// Name                           Outcome         Stage        Message
/// ----                           -------         -----        -------
/// web-account--d9w5q1x           Blocked         Unknown      UnknownState: runningState 'Rebalancing' does not tell
///
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Outcome         Stage        Message
/// ----                           -------         -----        -------
/// web-checkout--v2-12            Blocked         Ready        Labelled: the host of label previous would go dead
/// …
/// </code>
/// </example>
/// <example>
/// <para>Only among revisions that were chosen before.</para>
/// <code>
/// Get-AcaRevision web-checkout -Stage Ready | Invoke-AcaRevisionPrune -KeepLast 3 -WhatIf
/// </code>
/// <code language="output">
/// What if: Performing the operation "Deactivate revision" on target "web-checkout--v2-10 (rg-shop/web-checkout)".
/// What if: Performing the operation "Deactivate revision" on target "web-checkout--v2-11 (rg-shop/web-checkout)".
/// What if: web-checkout (rg-shop): 2 to deactivate, 3 kept, 1 blocked, 0 inactive; blocked: web-checkout--v2-12 by
/// Labelled.
/// What if: Total of 1 app: 2 to deactivate, 3 kept, 1 blocked, 0 inactive.
/// </code>
/// </example>
/// <example>
/// <para>See what would be pruned of an app that is known by its resource id.</para>
/// <code>
/// $app = Get-AcaApp api-images
/// Invoke-AcaRevisionPrune -ResourceId $app.ResourceId -KeepSinceActive 30d -PlanOnly
/// </code>
/// <code language="output">
/// ContainerApp             ResourceGroup    Keep Deactivate Blocked Inactive Debt FreedCpu Policy
/// ------------             -------------    ---- ---------- ------- -------- ---- -------- ------
/// api-images               rg-shop             3          1       0        0    0        0 KeepSinceActive 30d
/// </code>
/// </example>
/// <example>
/// <para>Hand the queue over to the newest revision, and wait until the old ones have finished what they had taken.</para>
/// <code>
/// Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -DrainTimeout 5m -Confirm:$false
/// </code>
/// <code language="output">
/// WARNING: App 'orders-worker': several active revisions take work from azure-servicebus:orders at once, whatever their
/// traffic weight: orders-worker--0000001, orders-worker--0000002, orders-worker--0000003.
///
///    ContainerApp: orders-worker (rg-data)
///
/// Name                           Outcome         Stage        Message
/// ----                           -------         -----        -------
/// orders-worker--0000001         Deactivated     Inactive     drained in 00:00:56: inactive, 0 replicas left
/// orders-worker--0000002         Deactivated     Inactive     drained in 00:00:25: inactive, 0 replicas left
/// </code>
/// </example>
/// <example>
/// <para>Save a plan, look at it, and carry it out when somebody has agreed to it.</para>
/// <code>
/// Invoke-AcaRevisionPrune web-* -KeepLast 3 -PlanOnly -PlanPath ./plan.json
/// </code>
/// <code language="output">
/// ContainerApp             ResourceGroup    Keep Deactivate Blocked Inactive Debt FreedCpu Policy
/// ------------             -------------    ---- ---------- ------- -------- ---- -------- ------
/// web-landing              rg-shop             1          0       0        6    0        0 KeepLast 3
/// web-shop                 rg-shop             3         28       0        0    0        0 KeepLast 3
/// web-checkout             rg-shop             3          2       1        0    0        1 KeepLast 3
/// web-search               rg-shop             2          0       1        2    0        0 KeepLast 3
/// web-account              rg-shop             3          0       1        0    0        0 KeepLast 3
/// </code>
/// <code>
/// Invoke-AcaRevisionPrune -Plan ./plan.json -Confirm:$false -ReportPath ./prune.md | Group-Object Outcome -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    30 Deactivated
///     3 Blocked
/// </code>
/// </example>
/// <example>
/// <para>What a saved plan would do by the end of the year, and by other rules.</para>
/// <code>
/// $plan = Invoke-AcaRevisionPrune web-shop -KeepSinceCreated 30d -PlanOnly
/// $plan | Invoke-AcaRevisionPrune -PlanOnly -AsOf 2027-12-31
/// </code>
/// <code language="output">
/// ContainerApp             ResourceGroup    Keep Deactivate Blocked Inactive Debt FreedCpu Policy
/// ------------             -------------    ---- ---------- ------- -------- ---- -------- ------
/// web-shop                 rg-shop             0         30       1        0    0        0 KeepSinceCreated 30d
/// </code>
/// <code>
/// $plan | Invoke-AcaRevisionPrune -PlanOnly -KeepLast 5
/// </code>
/// <code language="output">
/// ContainerApp             ResourceGroup    Keep Deactivate Blocked Inactive Debt FreedCpu Policy
/// ------------             -------------    ---- ---------- ------- -------- ---- -------- ------
/// web-shop                 rg-shop             5         26       0        0    0        0 KeepLast 5
/// </code>
/// </example>
/// <example>
/// <para>Lower the limit of inactive revisions too, and see what that puts at risk.</para>
/// <code>
/// Invoke-AcaRevisionPrune api-catalog -KeepLast 2 -MaxInactive 50 -WhatIf
/// </code>
/// <code language="output">
/// What if: Performing the operation "Deactivate revision" on target "api-catalog--0000104 (rg-shop/api-catalog)".
/// What if: Performing the operation "Set limit of inactive revisions from 100 to 50 (lets Azure purge 50 inactive
/// revisions, api-catalog--0000005 to api-catalog--0000054, beside 5 older that are beyond the limit already)" on target
/// "api-catalog (rg-shop)".
/// What if: api-catalog (rg-shop): 1 to deactivate, 2 kept, 0 blocked, 104 inactive.
/// WARNING: api-catalog (rg-shop): inactive revisions beyond the limit that Azure has not purged yet: 4.
/// What if: Total of 1 app: 1 to deactivate, 2 kept, 0 blocked, 104 inactive, 1 limit to lower.
/// </code>
/// </example>
/// <example>
/// <para>Which images a purge of the registries has to spare.</para>
/// <code>
/// $null = Invoke-AcaRevisionPrune web-c*, web-l* -KeepLast 3 -PlanOnly -ImageKeepList ./images.txt
/// Get-Content ./images.txt | Select-Object -Last 4
/// </code>
/// <code language="output">
/// # contososhop.azurecr.io
/// checkout:^(?!(2\.10\.0|2\.11\.0|2\.12\.3|2\.13\.1|2\.14\.0|2\.15\.0)$).+$
/// landing:^(?!(1\.0\.0|1\.1\.0|1\.2\.0|1\.3\.0|1\.4\.0|1\.5\.0|1\.6\.0)$).+$
/// </code>
/// </example>
/// <example>
/// <para>Try a policy on ten days that have not been, with deployments that are made up, on a copy of the sandbox.</para>
/// <code>
/// Invoke-AcaRevisionPrune web-shop -KeepLast 3 -MaxInactive 20 -Simulate 10d
/// </code>
/// <code language="output">
/// Day  Date       Deployed Failed Kept Pruned Blocked Active Inactive Purged    vCPU Replicas
/// ---  ----       -------- ------ ---- ------ ------- ------ -------- ------    ---- --------
/// 1    2026-11-21        0      0    3     28       0      3       28      0       0        4
/// 2    2026-11-22        0      0    3      0       0      3       20      8       0        4
/// 3    2026-11-23        1      0    3      1       0      3       21      0       0        1
/// 4    2026-11-24        1      0    3      1       0      3       21      1       0        1
/// 5    2026-11-25        0      0    3      0       0      3       20      1       0        1
/// 6    2026-11-26        1      0    3      1       0      3       21      0       0        1
/// 7    2026-11-27        1      0    3      1       0      3       21      1       0        1
/// 8    2026-11-28        1      0    3      1       0      3       21      1       0        1
/// 9    2026-11-29        1      0    3      1       0      3       21      1       0        1
/// 10   2026-11-30        0      0    3      0       0      3       20      1       0        1
/// </code>
/// </example>
/// <output cref="PruneResult">One for each revision that was to go, as it is done.</output>
/// <output cref="RetentionChange">With -MaxInactive: one for each app whose limit was lowered.</output>
/// <output cref="PrunePlan">With -PlanOnly, and in place of all others: one for each app.</output>
/// <output cref="PruneSimulationDay">With -Simulate, and in place of all others: one for each day of each app.</output>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="UndoAcaRevisionPruneCommand"/>
/// <seealso href="about_RevisionTools_Pruning"/>
[Cmdlet(VerbsLifecycle.Invoke, "AcaRevisionPrune", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PruneResult), typeof(RetentionChange), typeof(PrunePlan), typeof(PruneSimulationDay))]
public sealed class InvokeAcaRevisionPruneCommand : ScopeCmdlet, IRetentionRules
{
    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromMinutes(10);

    private readonly List<AppScope> _scopes = [];
    private readonly List<PrunePlanSource> _sources = [];
    private readonly PruneRecord _record = new();
    private OutputFile? _planFile;
    private OutputFile? _reportFile;
    private OutputFile? _keepListFile;
    private PruneReportFormat _reportFormat;
    private RunDeadline _deadline = RunDeadline.None;
    private IReadOnlyCollection<PruneResult> _leftOut = [];
    private bool _isLate;

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

    /// <summary>Plans to carry out, as -PlanOnly gives them, or the path of a file that -PlanPath has written. The rules are in the plan.</summary>
    /// <accepts cref="PrunePlan"/>
    /// <accepts cref="string"/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByPlan)]
    [PrunePlanTransformation]
    [ValidateNotNull]
    public PrunePlanSource[] Plan { get; set; } = [];

    /// <summary>The subscription, a GUID. The connection's when left out. A plan of another one is refused.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByPlan)]
    [ValidateNotNullOrEmpty]
    public override string? SubscriptionId { get; set; }

    /// <summary>Where an app has moved since its plan was made, makes a new plan by the same rules, and carries out what both plans agree on. What only one of them would take down comes as a result, Drifted.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByPlan)]
    public SwitchParameter AllowDrift { get; set; }

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

    /// <summary>Keeps the newest revision of each of this many weeks, which begin on Monday, of the last weeks in which any was made. While there are fewer weeks, the oldest revision stands in.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepWeekly { get; set; }

    /// <summary>Keeps the newest revision of each of this many months, of the last months in which any was made. While there are fewer months, the oldest revision stands in.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? KeepMonthly { get; set; }

    /// <summary>The time zone of days, weeks and months, such as Europe/Berlin. UTC when left out.</summary>
    /// <value>UTC</value>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
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
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
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
    /// <value>App</value>
    [Parameter]
    [EnumNameTransformation(typeof(RetentionGrouping))]
    public RetentionGrouping? GroupBy { get; set; }

    /// <summary>Lets revisions with a label go too; the label's host goes dead.</summary>
    [Parameter]
    public SwitchParameter IncludeLabelled { get; set; }

    /// <summary>Lets revisions go that consume events (non-HTTP scale rules, Dapr, function triggers, or no ingress at all), where a newer ready revision (or, for one that -Failed lets go, an older one) takes all that they take.</summary>
    [Parameter]
    public SwitchParameter IncludeEventConsumer { get; set; }

    /// <summary>How long to wait until an event consumer that was taken down by -IncludeEventConsumer has no replica left, also without -Wait: its replicas finish the work that they have taken. 10 minutes when left out, 0 for not at all. Written as for -KeepSinceCreated.</summary>
    /// <value>10m</value>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? DrainTimeout { get; set; }

    /// <summary>Returns the plan, one object an app with a decision and reasons for each revision, and changes nothing.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>The file that the plans are saved to, as JSON; with -PlanOnly. A file that is there is replaced with -Force only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Lets -PlanPath replace a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Plans as if it were this moment; with -PlanOnly. A date without an offset is local time, as everywhere in PowerShell. Revisions made after it are kept. Such a plan cannot be carried out.</summary>
    [Parameter]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>The file that a report is written to: per app the policy, what was decided and became of each revision and why, and totals. A file that is there is replaced. It is written also where the run ends by an error, and not where it is stopped.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>The form of the report: Markdown, Json or JUnit. When left out, the extension of -ReportPath says it: .md, .json or .xml.</summary>
    [Parameter]
    [EnumNameTransformation(typeof(PruneReportFormat))]
    public PruneReportFormat? Format { get; set; }

    /// <summary>The file to write the images to that must stay in their registries for what remains of the apps to be able to start, as filters of acr purge that spare them; see docs/pruning.md. A file that is there is replaced. It is written before anything is changed, and with -PlanOnly and -WhatIf too. Where one of the apps could not be read or planned, it is not written, FileNotWritten is reported, and the other apps go on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ImageKeepList { get; set; }

    /// <summary>Runs the policy over so many days that have not been, 10d for example, and returns an object a day with what was kept, pruned and blocked; whole days, 1 to 1000. A copy of the sandbox in memory that the connection is to lives through them, with deployments that are made up; the sandbox itself, its clock and its requests stay as they are.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Simulate { get; set; }

    /// <summary>Where the chance of -Simulate begins: the same number gives the same days. 1 when left out.</summary>
    /// <value>1</value>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Waits until each revision is really inactive, which takes 15 to 70 seconds.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each revision, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How many apps are read, and how many revisions are deactivated, at once; 4 when left out.</summary>
    /// <value>4</value>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>A file to which each write is added before it is sent and after it has ended, one JSON text a line. The same command with the same file goes on with a run that was cut off; Undo-AcaRevisionPrune undoes what the file tells of. Made where it is not there; nothing is written with -WhatIf, -PlanOnly and -Simulate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>After so many revisions that failed, or whose answer was lost, nothing new is begun; the others are NotAttempted.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxFailure { get; set; }

    /// <summary>How long the command may take, reading and waiting included: 2h45m, 90m or 02:45:00. Then nothing new is begun, waits end, and the others are NotAttempted; the same command goes on from there.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Deadline { get; set; }

    private PruneRequest Request => new(Policy ?? RetentionRules.PolicyOf(this), new InterlockLifts(IncludeLabelled, IncludeEventConsumer));

    private Dictionary<string, object?> Bound => MyInvocation.BoundParameters;

    private bool HasRules => Policy is not null || RetentionRules.FirstOf(Bound) is not null;

    private bool HasLifts => IncludeLabelled || IncludeEventConsumer;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        OrEnd(Request.Policy, () =>
        {
            _deadline = RunDeadline.Begin(Session.Azure.Time, Deadline);
            RetentionRules.RefuseEmpty(Bound);
            RetentionRules.RefuseBeside(Policy, Bound);
            Refuse(DrainTimeout < TimeSpan.Zero, $"-DrainTimeout must not be negative: {DrainTimeout}.");
            SimulationRequest.Check(Simulate, Bound, Session.Context);
            Refuse(AsOf is not null && !PlanOnly, "-AsOf says what would be done at another moment; it needs -PlanOnly.");
            Refuse(PlanPath is not null && !PlanOnly, "-PlanPath saves a plan instead of carrying it out; it needs -PlanOnly.");
            Refuse(ReportPath is null && Format is not null, "-Format is the form of a report; it needs -ReportPath.");
            _planFile = PlanPath is null ? null : FileAt(PlanPath, Force);
            _keepListFile = ImageKeepList is null ? null : FileAt(ImageKeepList, mayReplace: true);
            _reportFile = ReportPath is null ? null : FileAt(ReportPath, mayReplace: true);
            _reportFormat = Format ?? (_reportFile is null ? default : ReportWriter.FormatOf(_reportFile.Path));

            // What comes by the pipeline may be a plan, and that has its rules.
            if (HasRules || (ParameterSetName != ParameterSets.ByPlan && !MyInvocation.ExpectingInput))
            {
                Request.Policy.Validate();
            }
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        OrEnd(null, () => SimulationRequest.Check(Simulate, Bound, Session.Context));
        if (ParameterSetName == ParameterSets.ByPlan)
        {
            OrEnd(null, () => Refuse(!PlanOnly && (HasRules || HasLifts), "The plan has its rules. Others beside it are for -PlanOnly, which plans again and changes nothing."));
            _sources.AddRange(Plan);
            return;
        }

        OrEnd(Request.Policy, Request.Policy.Validate);
        _scopes.AddRange(ParameterSetName switch
        {
            ParameterSets.ByResourceId => ScopesOfResourceIds(),
            ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfApp),
            ParameterSets.ByRevision => ScopesOf(Revision, AppScope.OfRevision),
            _ => ContainerAppName.Select(name => ScopeOf(name)),
        });
    }

    private protected override void ProcessAll()
    {
        if (_scopes.Count == 0 && _sources.Count == 0)
        {
            return;
        }

        if (Simulate is { } span)
        {
            var scenario = Session.Context.Sandbox!.Export();
            Run((output, token) => new PruneSimulator(scenario, Request, Seed ?? 1, output).RunAsync(_scopes, span.Days, token));
            return;
        }

        var azure = Session.Azure;
        var given = Given();
        using var journal = OpenJournal();
        JournaledRun? run = null;
        var isComplete = false;
        try
        {
            if (journal is not null)
            {
                IReadOnlyList<PruneRequest> requests = given.Count == 0 ? [Request] : [.. given.Select(plan => plan.Request)];
                RunRecorded(async (output, token) => run = await JournaledRun.BeginAsync(azure, journal, requests, output, token).ConfigureAwait(false));
            }

            var plans = given.Count == 0 ? Read() : TakeUp(given, journal);
            _record.Add(plans);
            Spare(plans);
            if (PlanOnly)
            {
                Save(plans);
                WriteObject(plans, enumerateCollection: true);
            }
            else
            {
                var end = Carry(new PruneApproval(this, IsWhatIf, _leftOut, EmitBlocked).Ask(plans), journal);
                if (run is not null)
                {
                    RunRecorded((_, token) => run.EndAsync(end, token));
                }

                isComplete = end.IsComplete;
            }
        }
        finally
        {
            if (!Stopping)
            {
                Report(isComplete);
            }
        }
    }

    /// <summary>The plans of the apps that were named.</summary>
    private IReadOnlyList<PrunePlan> Read()
    {
        var (azure, cloud) = (Session.Azure, Session.Context.Environment);
        IReadOnlyList<PrunePlan> plans = [];
        RunInTime(async (output, token) => plans = await new PlanReader(azure, output) { Cloud = cloud, AsOf = AsOf }
            .ReadAsync(_scopes, Request, ThrottleLimit, token).ConfigureAwait(false));
        return plans;
    }

    /// <summary>The plans that were given, as objects or in files.</summary>
    private List<PrunePlan> Given()
    {
        List<PrunePlan> given = [];
        OrEnd(null, () => given.AddRange(_sources.SelectMany(source => source.Read(path => FilePath.Resolve(SessionState.Path, path, FailureKind.InvalidPrunePlan)))));
        return given;
    }

    /// <summary>The plans that were given: compared with the apps where they are to be carried out, else planned again on what they know.</summary>
    private IReadOnlyList<PrunePlan> TakeUp(IReadOnlyList<PrunePlan> given, PruneJournal? journal)
    {
        var (azure, cloud) = (Session.Azure, Session.Context.Environment);
        var target = new PlanTarget(cloud, SubscriptionId ?? Session.Context.SubscriptionId);
        IReadOnlyList<PrunePlan> plans = [];
        RunInTime(async (output, token) =>
        {
            if (!PlanOnly)
            {
                var recheck = new PlanRecheck(azure, target, output)
                {
                    AllowDrift = AllowDrift,
                    IsRehearsal = IsWhatIf,
                    OwnDeactivations = journal?.OwnDeactivations ?? new HashSet<RevisionId>(),
                    OwnLimits = journal?.OwnLimits ?? new Dictionary<ContainerAppId, int>(),
                };
                plans = await recheck.ReadAsync(given, ThrottleLimit, token).ConfigureAwait(false);
                _leftOut = recheck.LeftOut;
                return;
            }

            List<PrunePlan> again = [];
            foreach (var plan in given)
            {
                await output.GuardAsync(plan.ResourceId, () =>
                {
                    again.Add(PlanRehearsal.Again(plan, RequestBeside(plan), AsOf));
                    return Task.CompletedTask;
                }).ConfigureAwait(false);
            }

            plans = again;
        });
        return plans;
    }

    private PruneRequest? RequestBeside(PrunePlan plan) => HasRules || HasLifts
        ? new PruneRequest(HasRules ? Request.Policy : plan.Policy, HasLifts ? Request.Lifts : plan.Request.Lifts)
        : null;

    private void Save(IReadOnlyList<PrunePlan> plans)
    {
        if (_planFile is not null)
        {
            OrEnd(_planFile.Path, () => _planFile.Write(stream => PlanFile.Write(stream, plans)));
        }
    }

    private void Spare(IReadOnlyList<PrunePlan> plans)
    {
        if (_keepListFile is not null)
        {
            if (WhyNotSpared() is { } why)
            {
                var failure = _keepListFile.Failure(why);
                _record.Add(failure, null);
                Fail(failure, _keepListFile.Path);
                return;
            }

            OrEnd(_keepListFile.Path, () => _keepListFile.Write(RevisionTools.Pruning.ImageKeepList.Write(plans)));
        }
    }

    /// <summary>Why the images of the plans would not be all: what the list leaves out, acr purge deletes. Null for nothing.</summary>
    private string? WhyNotSpared() =>
        _isLate ? $"the deadline of {Deadline} came before all apps were read, and images of the others would be missing"
        : HasMissed ? "not all that was given names an app, and images of what was meant would be missing"
        : _record.FailureWithoutPlan is { } cause ? $"not every app could be planned, and its images would be missing. {cause.Message}"
        : null;

    private PruneRunEnd Carry(IReadOnlyList<ApprovedPrune> approved, PruneJournal? journal)
    {
        var end = _isLate ? PruneRunEnd.CutOff : PruneRunEnd.Empty;
        if (!approved.Any(prune => prune.HasWork))
        {
            return end;
        }

        var azure = Session.Azure;
        var options = new PruneRunOptions
        {
            ThrottleLimit = ThrottleLimit,
            WaitTimeout = Wait ? TimeSpan.FromSeconds(TimeoutSec) : null,
            DrainTimeout = DrainTimeout ?? s_drainTimeout,
            Journal = journal,
            MaxFailure = MaxFailure,
            Deadline = _deadline,
        };
        Log.Section($"Pruning; apps: {approved.Count(prune => prune.HasWork)}, revisions to deactivate: {approved.Sum(prune => prune.Entries.Count)}");
        RunRecorded(async (output, token) => end = await new PruneRunner(azure, options, output).RunAsync(approved, token).ConfigureAwait(false));
        return end;
    }

    /// <summary>The journal, for writing. With -WhatIf it is only looked at, so that what is wrong with it is said.</summary>
    private PruneJournal? OpenJournal()
    {
        PruneJournal? journal = null;
        if (JournalPath is not null && !PlanOnly)
        {
            OrEnd(JournalPath, () =>
            {
                var path = FilePath.Resolve(SessionState.Path, JournalPath, FailureKind.FileNotWritten);
                if (!IsWhatIf)
                {
                    journal = PruneJournal.Open(path, Session.Context.Environment, Session.Azure.Time);
                }
                else if (File.Exists(path))
                {
                    PruneJournal.Read(path, Session.Context.Environment);
                }
            });
        }

        return journal;
    }

    /// <summary>Runs work that the deadline cuts off.</summary>
    private void RunInTime(Func<IWorkOutput, CancellationToken, Task> work)
    {
        var time = Session.Azure.Time;
        RunRecorded(async (output, token) =>
        {
            _isLate = await TimeLimit.WithinAsync<object>(time, _deadline.Left, limited => DoneAsync(output, limited), token).ConfigureAwait(false) is null;
            if (_isLate)
            {
                await output.WarnAsync($"Stopped early: the deadline of {Deadline} came before all apps were read. Nothing was sent.").ConfigureAwait(false);
            }
        });

        async Task<object> DoneAsync(IWorkOutput output, CancellationToken token)
        {
            await work(output, token).ConfigureAwait(false);
            return this;
        }
    }

    private void Report(bool isComplete)
    {
        if (_reportFile is null && !HasAudience)
        {
            return;
        }

        var report = _record.Report(Session.Context.Environment, PlanOnly || IsWhatIf, Session.Azure.Time.GetUtcNow());
        if (_reportFile is not null)
        {
            OrEnd(_reportFile.Path, () => _reportFile.Write(stream => ReportWriter.Write(stream, report, _reportFormat)));
        }

        Conclude(PipelineOutcomes.Of(report, isComplete));
    }

    private void EmitBlocked(PruneResult result)
    {
        _record.Add(result);
        WriteObject(result);
    }

    private void RunRecorded(Func<IWorkOutput, CancellationToken, Task> work) => Run(async (output, token) =>
    {
        try
        {
            await work(_record.Over(output), token).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            _record.Add(failure, null);
            throw;
        }
    });

    private OutputFile FileAt(string path, bool mayReplace)
    {
        var file = new OutputFile(FilePath.Resolve(SessionState.Path, path, FailureKind.FileNotWritten), mayReplace);
        file.Require();
        return file;
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new RevisionToolsException(FailureKind.InvalidPruneRequest, message);
        }
    }

    /// <summary>Does something without Azure; what is wrong with it ends the command.</summary>
    private void OrEnd(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (RevisionToolsException failure)
        {
            _record.Add(failure, null);
            EndWith(failure, failure.ResourceId ?? target);
        }
    }
}
