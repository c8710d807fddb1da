using System.Management.Automation;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Gets the traffic tables of container apps: who gets which share of the requests, which labels there are, and what is wrong.</summary>
/// <remarks>
/// <para>One table an app. Each entry says which revision its requests really go to: one that follows the latest revision leads to the newest that is ready, which need not be the newest. In single-revision mode the weights do not count: all requests go to the newest that is ready.</para>
/// <para>Problems names what is wrong: weights that do not add up to 100, entries of revisions that are gone, traffic to inactive, failed or unready ones, traffic that will move unasked to a newest revision that is not ready yet, labels whose host is dead, weights in single-revision mode, and no ingress. An app without ingress is no error: it has no entries and that problem.</para>
/// <para>A table can be saved (Export-Clixml, ConvertTo-Json) and put back later with Set-AcaTraffic -InputObject.</para>
/// </remarks>
/// <example>
/// <para>A canary: who gets what.</para>
/// <code>
/// Get-AcaTraffic web-checkout
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop, Multiple)
///
/// Target                    Weight Label        Stage        Reaches      Problems
/// ------                    ------ -----        -----        -------      --------
/// v2-14                         90 stable       Active       v2-14
/// v2-15                         10 canary       Active       v2-15
/// v2-12                          0 previous     Ready        v2-12
/// </code>
/// </example>
/// <example>
/// <para>What is wrong anywhere in a group.</para>
/// <code>
/// Get-AcaApp -ResourceGroupName rg-shop | Get-AcaTraffic | Where-Object Problems
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop, Multiple)
///
/// Target                    Weight Label        Stage        Reaches      Problems
/// ------                    ------ -----        -----        -------      --------
/// @latest: 0000004             100              Failed       0000003      LatestNotReady: 100 % follows the latest
///                                                                         revision, and the newest,
///                                                                         'web-search--0000004', is Failed (provisioning
///                                                                         failed: 1/1 Pending:ImagePullBackOff on
///                                                                         legion): it goes to 'web-search--0000003' now,
///                                                                         and moves to the newest unasked once that is
///                                                                         ready
/// </code>
/// </example>
/// <example>
/// <para>The addresses of an app's labels, by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Select-Object ResourceId | Get-AcaTraffic | ForEach-Object Entries | Format-List Label, LabelUrl
/// </code>
/// <code language="output">
/// Label    : stable
/// LabelUrl : https://web-checkout---stable.sandbox-d0434bf6.northeurope.azurecontainerapps.io
///
/// Label    : canary
/// LabelUrl : https://web-checkout---canary.sandbox-d0434bf6.northeurope.azurecontainerapps.io
///
/// Label    : previous
/// LabelUrl : https://web-checkout---previous.sandbox-d0434bf6.northeurope.azurecontainerapps.io
/// </code>
/// </example>
/// <output cref="TrafficTable">One for each app.</output>
/// <seealso cref="SetAcaTrafficCommand"/>
/// <seealso cref="ExportAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Get, "AcaTraffic", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TrafficTable))]
public sealed class GetAcaTrafficCommand : AppReadCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        Run((output, token) => new TrafficReader(azure, output).ForEachAsync(
            scopes, (snapshot, _) => output.EmitAsync(TrafficJoin.Join(snapshot)).AsTask(), token));
    }
}
