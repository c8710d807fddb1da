using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>What the cmdlets that change traffic tables have in common: a plan for each app is shown, agreed to, carried out and read back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrafficChangeCmdlet : AppTargetCmdlet
{
    /// <summary>How long to wait for somebody else's operation on the app to end, and for passing trouble, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    private protected override void ProcessAll() => Carry(ReadApps().Select(app => PlanOrReport(app.Scope, app.State)).OfType<TrafficPlan>());

    /// <summary>What is to be done to the table of one app; null where that was reported already.</summary>
    /// <exception cref="RevisionToolsException">What forbids it.</exception>
    private protected abstract TrafficEdit? EditOf(AppScope scope, AppState state);

    /// <summary>What the change is called in questions.</summary>
    private protected abstract string ActionOf(TrafficPlan plan);

    /// <summary>What a change means to a pipeline.</summary>
    private protected virtual PipelineOutcome OutcomeOf(TrafficChange change) => PipelineOutcomes.Written(change);

    private protected sealed override void OnResult(object result) => Conclude(OutcomeOf((TrafficChange)result));

    private TrafficPlan? PlanOrReport(AppScope scope, AppState state)
    {
        try
        {
            TrafficEdit.RequireSplit(state.App);
            return EditOf(scope, state) is { } edit ? new TrafficPlan(state.Snapshot, edit) : null;
        }
        catch (RevisionToolsException failure)
        {
            Fail(failure, failure.ResourceId ?? state.App.ResourceId);
            return null;
        }
    }

    private void Carry(IEnumerable<TrafficPlan> plans)
    {
        List<TrafficPlan> approved = [];
        foreach (var plan in plans)
        {
            if (!plan.IsNeeded)
            {
                WriteVerbose($"The traffic of '{plan.App.Name}' is as wanted already.");
                Emit(plan.Unchanged);
            }
            else if (IsAgreedTo(plan))
            {
                approved.Add(plan);
            }
        }

        if (approved.Count > 0)
        {
            var azure = Session.Azure;
            Run((output, token) => new TrafficChanger(azure, TimeSpan.FromSeconds(TimeoutSec), output).RunAsync(approved, token));
        }
    }

    private bool IsAgreedTo(TrafficPlan plan)
    {
        foreach (var sentence in plan.Consequences)
        {
            Warn(sentence);
        }

        var operation = $"Performing the operation \"{ActionOf(plan)}\" on target \"{plan.App.Name} ({plan.App.ResourceGroupName})\".{plan.Describe()}";
        return ShouldProcess(operation, $"Are you sure you want to perform this action?\n{operation}", "Confirm");
    }
}
