using System.Management.Automation;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;

namespace RevisionTools.Cmdlets;

/// <summary>Closes the connections of this runspace, or one of them, and lets go of what they were signed in with.</summary>
/// <remarks>
/// <para>Signs out nobody: a login of Azure CLI or Azure PowerShell stays as it is. Without a connection nothing happens. Other runspaces that use a closed connection by -Context cannot any more; those that made it their own with Connect-AcaAccount -Context can.</para>
/// <para>After the default connection is closed none is the default, until Connect-AcaAccount makes one or -Context of it chooses one.</para>
/// </remarks>
/// <example>
/// <para>Close all connections.</para>
/// <code>
/// Disconnect-AcaAccount
/// </code>
/// </example>
/// <example>
/// <para>Close one of several.</para>
/// <code>
/// Connect-AcaAccount -Sandbox -ContextName rehearsal
/// Disconnect-AcaAccount -Context rehearsal
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    rehearsal                    Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <seealso cref="ConnectAcaAccountCommand"/>
/// <seealso cref="GetAcaContextCommand"/>
/// <seealso href="about_RevisionTools_Accounts"/>
[Cmdlet(VerbsCommunications.Disconnect, "AcaAccount")]
[OutputType(typeof(void))]
public sealed class DisconnectAcaAccountCommand : AcaCmdlet
{
    /// <summary>The connection to close: its name, or what Get-AcaContext gives. When left out: all of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNull]
    public AcaContext? Context { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Context is null)
        {
            RunspaceConnections.Current?.CloseAll();
        }
        else if (RunspaceConnections.Current?.Close(Context) is not true)
        {
            var failure = Context.Problem
                ?? new RevisionToolsException(FailureKind.NotConnected, $"The connection '{Context.Name}' was made by another runspace, which is the one to close it.");
            Fail(failure, null);
        }
    }
}
