using System.Management.Automation;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;

namespace RevisionTools.Cmdlets;

/// <summary>Gets who is connected to what in this runspace; nothing when there is no connection.</summary>
/// <remarks>
/// <para>What it gives carries the connection: with -Context $using:context, commands in blocks of ForEach-Object -Parallel and in thread jobs use it too. It has no token in it.</para>
/// <para>For a sandbox the property Sandbox is the sandbox itself: its requests, its clock, and faults to inject.</para>
/// </remarks>
/// <example>
/// <para>Who am I here?</para>
/// <code>
/// Get-AcaContext
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Sandbox                      Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>All connections of this runspace.</para>
/// <code>
/// Get-AcaContext -ListAvailable
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Sandbox                      Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>Two connections side by side, and what each of them sees.</para>
/// <code>
/// $null = Connect-AcaAccount -Sandbox -ContextName blue
/// $null = Connect-AcaAccount -Sandbox -ContextName green
/// Get-AcaContext -Name blue, g*
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// False   blue                         Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// True    green                        Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// <code>
/// Get-AcaContext -Name blue, g* | ForEach-Object { Get-AcaApp web-c* -Context $_ }
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-checkout             rg-shop          Multiple        Running    web-checkout--v2-15        v2-14=90 (stable), v2-…
/// web-checkout             rg-shop          Multiple        Running    web-checkout--v2-15        v2-14=90 (stable), v2-…
/// </code>
/// </example>
/// <example>
/// <para>Let a minute pass in the sandbox, and count the writes so far.</para>
/// <code>
/// $sandbox = (Get-AcaContext).Sandbox
/// $sandbox.Clock.Advance('00:01:00')
/// $sandbox.WriteCount
/// </code>
/// <code language="output">
/// 0
/// </code>
/// </example>
/// <example>
/// <para>See how trouble is dealt with: the next read of an app is answered with 503, and is tried again.</para>
/// <code>
/// (Get-AcaContext).Sandbox.Inject('Status', 'GET', '*/containerApps', 1, 503)
/// Get-AcaApp web-shop
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-shop                 rg-shop          Multiple        Running    web-shop--0000030          0000030=100
/// </code>
/// </example>
/// <output cref="AcaContext">The default connection; with -ListAvailable all, with -Name those of the names. Nothing where there is none.</output>
/// <seealso cref="ConnectAcaAccountCommand"/>
/// <seealso cref="DisconnectAcaAccountCommand"/>
/// <seealso href="about_RevisionTools_Accounts"/>
/// <seealso href="about_RevisionTools_Sandbox"/>
[Cmdlet(VerbsCommon.Get, "AcaContext", DefaultParameterSetName = ListSet)]
[OutputType(typeof(AcaContext))]
public sealed class GetAcaContextCommand : AcaCmdlet
{
    private const string ListSet = "ListAvailable";
    private const string NameSet = "Name";

    /// <summary>Names of connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Gets all connections of the runspace, not the default one alone.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter ListAvailable { get; set; }

    private static IReadOnlyList<AcaContext> All => RunspaceConnections.Current?.All ?? [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ListAvailable)
        {
            WriteObject(All, enumerateCollection: true);
        }
        else if (ParameterSetName == NameSet)
        {
            Array.ForEach(Name, WriteNamed);
        }
        else if (RunspaceConnections.Current?.Default is { } chosen)
        {
            WriteObject(chosen);
        }
    }

    private void WriteNamed(string name)
    {
        // A name may have brackets in it and be meant as it stands.
        var named = RunspaceConnections.Named(name);
        if (named.Problem is null)
        {
            WriteObject(named);
        }
        else if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            WriteObject(All.Where(context => pattern.IsMatch(context.Name)), enumerateCollection: true);
        }
        else
        {
            Fail(named.Problem, name);
        }
    }
}
