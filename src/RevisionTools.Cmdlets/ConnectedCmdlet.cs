using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Cmdlets.Pump;

namespace RevisionTools.Cmdlets;

/// <summary>A cmdlet that talks to Azure: by the connection that is named, else by the default one of its runspace.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCmdlet : AcaCmdlet
{
    /// <summary>The connection to use: its name in this runspace, or what Connect-AcaAccount or Get-AcaContext gave, which also works in other runspaces of the process. When left out: the default connection of the runspace.</summary>
    [Parameter]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNull]
    public AcaContext? Context { get; set; }

    /// <summary>The command's connection. Ends the statement with <c>NotConnected</c> where there is none.</summary>
    private protected AcaSession Session
    {
        get
        {
            var context = Context ?? RunspaceConnections.Current?.Default ?? RunspaceConnections.NoDefault();
            if (context.Problem is { } problem)
            {
                ThrowTerminatingError(ErrorRecords.From(problem, null));
            }

            return new AcaSession(context, context.Live!);
        }
    }

    private protected override PipelineCalls? Calls => Live?.Calls;

    private LiveConnection? Live => (Context ?? RunspaceConnections.Current?.Default)?.Live;

    /// <summary>The subscription that a parameter names, else the connection's.</summary>
    private protected string SubscriptionOr(string? subscriptionId)
    {
        if ((subscriptionId ?? Session.Context.SubscriptionId) is { Length: > 0 } chosen)
        {
            return chosen;
        }

        ThrowTerminatingError(ErrorRecords.From(
            new RevisionToolsException(
                FailureKind.SubscriptionNotSet,
                "The connection has no subscription. Give -SubscriptionId, here or to Connect-AcaAccount."),
            null));
        return "";
    }

    /// <summary>What completion has seen may be over after a cmdlet that changes things.</summary>
    private protected override void HasRun()
    {
        if (GetType().GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: true })
        {
            Live?.Completion.Forget();
        }
    }
}
