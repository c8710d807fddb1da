using System.Management.Automation;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets;

/// <summary>Gets who is connected to what in this runspace; nothing when there is no connection.</summary>
/// <remarks>
/// <para>For a sandbox the property Sandbox is the sandbox itself: its requests, its clock, and faults to inject.</para>
/// </remarks>
/// <example>
/// <para>Who am I here?</para>
/// <code>
/// Get-AcaContext
/// </code>
/// </example>
/// <example>
/// <para>Let a minute pass in the sandbox, and count the writes so far.</para>
/// <code>
/// $sandbox = (Get-AcaContext).Sandbox
/// $sandbox.Clock.Advance('00:01:00')
/// $sandbox.WriteCount
/// </code>
/// </example>
/// <example>
/// <para>See how trouble is dealt with: the next read of an app is answered with 503, and is tried again.</para>
/// <code>
/// (Get-AcaContext).Sandbox.Inject('Status', 'GET', '*/containerApps', 1, 503)
/// Get-AcaApp web-shop
/// </code>
/// </example>
/// <seealso cref="ConnectAcaAccountCommand"/>
[Cmdlet(VerbsCommon.Get, "AcaContext")]
[OutputType(typeof(AcaContext))]
public sealed class GetAcaContextCommand : AcaCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AcaSession.Current is { } session)
        {
            WriteObject(session.Context);
        }
    }
}
