using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Pipelines;

namespace RevisionTools.Cmdlets;

/// <summary>A cmdlet that talks to Azure: by the connection that is named, else by the default one of its runspace.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCmdlet : AcaCmdlet
{
    private bool _isEnding;

    /// <summary>The connection to use: its name in this runspace, or what Connect-AcaAccount or Get-AcaContext gave, which also works in other runspaces of the process. When left out: the default connection of the runspace.</summary>
    [Parameter]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNull]
    public AcaContext? Context { get; set; }

    /// <summary>Also tells Azure Pipelines what happens: errors, warnings and progress, and of what is changed or waited for a summary and output variables (https://github.com/revisiontools/RevisionTools/blob/main/docs/azure-devops.md has them). When left out, that is done where TF_BUILD is set; -AzurePipelines:$false keeps it from that.</summary>
    [Parameter]
    public SwitchParameter AzurePipelines { get; set; }

    /// <summary>The command's connection. Ends the statement with <c>NotConnected</c> where there is none.</summary>
    private protected AcaSession Session
    {
        get
        {
            var context = Used ?? RunspaceConnections.NoDefault();
            if (context.Problem is { } problem)
            {
                EndWith(problem, null);
            }

            return new AcaSession(context, context.Live!);
        }
    }

    private protected override PipelineCalls? Calls => Live?.Calls;

    private protected override bool WritesLoggingCommands =>
        MyInvocation.BoundParameters.ContainsKey(nameof(AzurePipelines)) ? AzurePipelines : base.WritesLoggingCommands;

    /// <summary>Whether what comes of the command is told in variables and a summary.</summary>
    private protected virtual bool TellsOutcome => IsWriting;

    /// <summary>Whether somebody will hear of what comes of the command.</summary>
    private protected bool HasAudience => TellsOutcome && Log.IsOn;

    /// <summary>Whether the cmdlet is one that changes something.</summary>
    private bool IsWriting => GetType().GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: true };

    private AcaContext? Used => Context ?? RunspaceConnections.Current?.Default;

    private LiveConnection? Live => Used?.Live;

    /// <summary>Does the rest of the work, and then tells what came of it, also where that is an error.</summary>
    protected sealed override void EndProcessing()
    {
        _isEnding = true;
        try
        {
            ProcessAll();
        }
        finally
        {
            TellOutcome();
        }
    }

    /// <summary>Does what there is to do once all of the pipeline has come.</summary>
    private protected virtual void ProcessAll()
    {
    }

    /// <summary>Adds to what came of the command, for the variables and the summary of a pipeline. From any thread.</summary>
    private protected void Conclude(PipelineOutcome? outcome)
    {
        if (outcome is not null)
        {
            Log.Add(outcome);
        }
    }

    /// <summary>Sees each result before it is written.</summary>
    private protected virtual void OnResult(object result)
    {
    }

    private protected sealed override void Emit(object result)
    {
        OnResult(result);
        base.Emit(result);
    }

    private protected sealed override void BeforeEnd()
    {
        if (!_isEnding)
        {
            TellOutcome();
        }
    }

    // A rehearsal of a change has nothing to tell, save one that speaks of itself as such.
    private void TellOutcome()
    {
        if (HasAudience && !Stopping && !(IsWriting && IsWhatIf && !Log.IsWhole))
        {
            var time = Live is { IsClosed: false } live ? live.Azure.Time : TimeProvider.System;
            Log.Conclude(Used?.Environment ?? "none", time.GetUtcNow());
        }
    }

    /// <summary>The subscription that a parameter names, else the connection's.</summary>
    private protected string SubscriptionOr(string? subscriptionId)
    {
        if ((subscriptionId ?? Session.Context.SubscriptionId) is { Length: > 0 } chosen)
        {
            return chosen;
        }

        EndWith(
            new RevisionToolsException(
                FailureKind.SubscriptionNotSet,
                "The connection has no subscription. Give -SubscriptionId, here or to Connect-AcaAccount."),
            null);
        return null;
    }

    /// <summary>What completion has seen may be over after a cmdlet that changes things.</summary>
    private protected override void HasRun()
    {
        if (IsWriting)
        {
            Live?.Completion.Forget();
        }
    }
}
