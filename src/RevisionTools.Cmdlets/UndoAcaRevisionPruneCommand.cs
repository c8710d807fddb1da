using System.Management.Automation;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Pruning.Journal;
using RevisionTools.Pruning.Undo;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>Activates again what Invoke-AcaRevisionPrune has deactivated, as its journal tells it.</summary>
/// <remarks>
/// <para>Undone is the last run of the journal that has changed something and was not undone yet; with -All every such run. What was deactivated last is activated first. Before that the app's limit of inactive revisions is raised again where the run had lowered it, so that the platform purges nothing meanwhile.</para>
/// <para>It works months later and on another machine: the journal holds full resource ids. Nothing but what the run has changed is touched: a revision that was purged, or whose app is gone (Purged), whose name another one has by now (Replaced) or that is active again (AlreadyActive) is left alone, and so is a limit that somebody has changed since (LimitLeft). In single-revision mode an activation would take the live revision down, so it is not sent (Blocked). A deactivation that was under way when the run was cut off counts where the revision is inactive now.</para>
/// <para>The undo stands in the same journal, line by line. One that was cut off, by -Deadline or by whatever ended the process, or left something over, goes on when the same command is run again; once nothing is left the command fails with JournalAlreadyUndone. With -WhatIf nothing is written, neither to Azure nor to the file; what could not be undone is told too, and why.</para>
/// <para>You are warned where an activated revision takes events from a source from which another one takes them too.</para>
/// </remarks>
/// <example>
/// <para>Prune with a journal, and take it back.</para>
/// <code>
/// Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath ./prune.jsonl -Confirm:$false | Group-Object Outcome -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    28 Deactivated
/// </code>
/// <code>
/// Undo-AcaRevisionPrune ./prune.jsonl -Wait | Group-Object Outcome -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    28 Activated
/// </code>
/// </example>
/// <example>
/// <para>See what undoing all runs of a journal would do.</para>
/// <code>
/// $null = Invoke-AcaRevisionPrune api-catalog -KeepLast 2 -JournalPath ./prune.jsonl -Confirm:$false
/// $null = Invoke-AcaRevisionPrune api-images -KeepLast 3 -JournalPath ./prune.jsonl -Confirm:$false
/// Undo-AcaRevisionPrune -JournalPath ./prune.jsonl -All -WhatIf
/// </code>
/// <code language="output">
/// WARNING: api-catalog (rg-shop): inactive revisions beyond the limit that Azure has not purged yet: 4.
/// What if: Performing the operation "Activate revision" on target "api-images--f3r7y0k (rg-shop/api-images)".
/// What if: Performing the operation "Activate revision" on target "api-catalog--0000104 (rg-shop/api-catalog)".
/// </code>
/// </example>
/// <example>
/// <para>In a runbook that may take three hours: what has no turn is NotAttempted, and the next job goes on with it.</para>
/// <code>
/// $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath ./prune.jsonl -Confirm:$false
/// Undo-AcaRevisionPrune ./prune.jsonl -Deadline 2h45m -Confirm:$false | Group-Object Outcome -NoElement
/// </code>
/// <code language="output">
/// Count Name
/// ----- ----
///    28 Activated
/// </code>
/// </example>
/// <output cref="PruneUndoResult">One for each revision and each limit, as it is done.</output>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="SetAcaRevisionRetentionCommand"/>
/// <seealso href="about_RevisionTools_Pruning"/>
[Cmdlet(VerbsCommon.Undo, "AcaRevisionPrune", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PruneUndoResult))]
public sealed class UndoAcaRevisionPruneCommand : ConnectedCmdlet
{
    private RunDeadline _deadline = RunDeadline.None;

    /// <summary>The file that -JournalPath of a prune has written.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string JournalPath { get; set; } = "";

    /// <summary>Undoes all runs of the journal that were not undone yet; only the last one when left out.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Waits until each revision is ready. One that fails ends its wait at once, with the platform's own words.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each revision with -Wait, and before that how long to bear with an app on which another operation is going on, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How many apps are read, and how many revisions are activated, at once; 4 when left out.</summary>
    /// <value>4</value>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>How long the command may take, reading and waiting included: 2h45m, 90m or 02:45:00. Then nothing new is begun, waits end, and the others are NotAttempted; the same command goes on from there.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Deadline { get; set; }

    /// <summary>Makes sure of the connection, and of what was given, before anything is taken from the pipeline.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _deadline = RunDeadline.Begin(Session.Azure.Time, Deadline);
            RetentionRules.RefuseEmpty(MyInvocation.BoundParameters);
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, null);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = JournalPath;
        var azure = Session.Azure;
        try
        {
            path = FilePath.Resolve(SessionState.Path, path, FailureKind.InvalidJournal);
            using var journal = IsWhatIf ? null : PruneJournal.Open(path, Session.Context.Environment, azure.Time, create: false);
            var history = journal?.History ?? PruneJournal.Read(path, Session.Context.Environment);
            Undo(azure, journal, history, UndoRequest.Of(history, All, path));
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, path);
        }
    }

    private protected override void OnResult(object result) => Conclude(PipelineOutcomes.Of((PruneUndoResult)result));

    private void Undo(IContainerApps azure, PruneJournal? journal, JournalHistory history, UndoRequest request)
    {
        if (request.Runs.Count == 0)
        {
            Warn("The journal tells of no change, so there is nothing to undo.");
            return;
        }

        foreach (var run in request.Runs)
        {
            WriteVerbose($"Undoing the run of {run.Started:u} ({run.Policy}).");
        }

        IReadOnlyList<UndoPlan> plans = [];
        Run(async (output, token) => plans = await new UndoReader(azure, output) { Deadline = _deadline }
            .ReadAsync(request, history.UnfinishedUndo, ThrottleLimit, token).ConfigureAwait(false));
        TellOfRehearsal(plans);
        var approved = plans.Select(Approve).ToList();
        if (journal is not null)
        {
            var isWhole = plans.Sum(Count) == approved.Sum(Count);
            Log.Section($"Undoing a prune; apps: {approved.Count}, changes to take back: {approved.Sum(Count)}");
            Run((output, token) => CarryAsync(azure, journal, request, approved, isWhole, output, token));
        }

        static int Count(UndoPlan plan) => plan.Limits.Count + plan.Items.Count;
    }

    private async Task CarryAsync(
        IContainerApps azure, PruneJournal journal, UndoRequest request, IReadOnlyList<UndoPlan> approved, bool isWhole, IWorkOutput output, CancellationToken token)
    {
        var options = new UndoOptions
        {
            ThrottleLimit = ThrottleLimit,
            WaitTimeout = Wait ? TimeSpan.FromSeconds(TimeoutSec) : null,
            Patience = TimeSpan.FromSeconds(TimeoutSec),
            Deadline = _deadline,
        };
        await journal.BeginUndoAsync(request.Runs, output).ConfigureAwait(false);
        var end = await new UndoRunner(azure, journal, options, output).RunAsync(approved, token).ConfigureAwait(false);
        journal.End(end.IsComplete && isWhole, end.Counts);
    }

    // With -WhatIf this is the line that ShouldProcess prints; it asks nothing.
    private void TellOfRehearsal(IReadOnlyList<UndoPlan> plans)
    {
        var lines = plans.SelectMany(plan => plan.Limits).Where(limit => limit.Outcome is not null)
            .Select(limit => $"{limit.Id.Name} ({limit.Id.ResourceGroupName}): {limit.Outcome}: {limit.Message}")
            .Concat(plans.SelectMany(plan => plan.Items).Where(item => item.Outcome is not null)
                .Select(item => $"{item.Id.Name} ({item.Id.App.ResourceGroupName}/{item.Id.App.Name}): {item.Outcome}: {item.Message}"));
        foreach (var line in IsWhatIf ? lines : [])
        {
            ShouldProcess(line, line, "Undo");
        }
    }

    private UndoPlan Approve(UndoPlan plan) => plan with
    {
        Limits = [.. plan.Limits.Where(limit => limit.Outcome is not null || ShouldProcess(
            $"{limit.Id.Name} ({limit.Id.ResourceGroupName})", $"Raise limit of inactive revisions from {limit.From} to {limit.To}"))],
        Items = [.. plan.Items.Where(item => item.Outcome is not null || ShouldProcess(Target(item.Revision!), "Activate revision"))],
    };
}
