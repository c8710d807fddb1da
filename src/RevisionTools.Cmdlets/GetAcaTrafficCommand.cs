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
/// </example>
/// <example>
/// <para>What is wrong anywhere in a group.</para>
/// <code>
/// Get-AcaApp -ResourceGroupName rg-shop | Get-AcaTraffic | Where-Object Problems
/// </code>
/// </example>
/// <example>
/// <para>The addresses of an app's labels, by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Select-Object ResourceId | Get-AcaTraffic | ForEach-Object Entries | Format-List Label, LabelUrl
/// </code>
/// </example>
/// <seealso cref="SetAcaTrafficCommand"/>
/// <seealso cref="ExportAcaTrafficCommand"/>
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
