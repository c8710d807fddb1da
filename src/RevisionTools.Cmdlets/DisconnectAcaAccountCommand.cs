using System.Management.Automation;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets;

/// <summary>Forgets the connection of this runspace, or the sandbox with all that was done to it.</summary>
/// <remarks>
/// <para>Signs out nobody: a login of Azure CLI or Azure PowerShell stays as it is. Without a connection nothing happens.</para>
/// </remarks>
/// <example>
/// <para>Forget the connection.</para>
/// <code>
/// Disconnect-AcaAccount
/// </code>
/// </example>
/// <seealso cref="ConnectAcaAccountCommand"/>
[Cmdlet(VerbsCommunications.Disconnect, "AcaAccount")]
[OutputType(typeof(void))]
public sealed class DisconnectAcaAccountCommand : AcaCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => AcaSession.Current = null;
}
