using System.Collections;
using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets container apps with their revision mode, newest revisions, ingress, traffic table and workload profile.</summary>
/// <remarks>
/// <para>Reads the apps of a subscription or of a resource group from Azure Resource Manager. A name without wildcards must exist, else the error is ContainerAppNotFound; a name with wildcards may match nothing.</para>
/// <para>With -AllSubscriptions one query of Azure Resource Graph finds the apps of every subscription that the account can see. Resource Graph lags behind writes, as a rule by seconds and at times by minutes: an app that was just made may be missing, and what was just changed may read as before.</para>
/// </remarks>
/// <example>
/// <para>All apps whose name begins with "web".</para>
/// <code>
/// Get-AcaApp web*
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-landing              rg-shop          Single          Running    web-landing--0000006       latest=100
/// web-shop                 rg-shop          Multiple        Running    web-shop--0000030          0000030=100
/// web-checkout             rg-shop          Multiple        Running    web-checkout--v2-15        v2-14=90 (stable), v2-…
/// web-search               rg-shop          Multiple        Running    web-search--0000003        latest=100
/// web-account              rg-shop          Multiple        Running    web-account--0000003       0000003=100
/// </code>
/// </example>
/// <example>
/// <para>The apps of a team in one environment, with how many revisions are active and inactive.</para>
/// <code>
/// Get-AcaApp -EnvironmentName env-north* -Tag @{ owner = 'team-*' } -IncludeRevisionCount
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-landing              rg-shop          Single 1+6      Running    web-landing--0000006       latest=100
/// web-shop                 rg-shop          Multiple 31+0   Running    web-shop--0000030          0000030=100
/// web-checkout             rg-shop          Multiple 6+0    Running    web-checkout--v2-15        v2-14=90 (stable), v2-…
/// web-search               rg-shop          Multiple 3+2    Running    web-search--0000003        latest=100
/// web-account              rg-shop          Multiple 4+0    Running    web-account--0000003       0000003=100
/// api-catalog              rg-shop          Multiple 3+104  Running    api-catalog--0000106       latest=100
/// orders-worker            rg-data          Multiple 3+1    Running    orders-worker--0000003
/// func-invoices            rg-data          Multiple 5+0    Running    func-invoices--0000004     0000004=100
/// notifications            rg-data          Multiple 4+0    Running    notifications--0000003     0000003=100
/// </code>
/// </example>
/// <example>
/// <para>Function apps of every subscription that the account can see.</para>
/// <code>
/// Get-AcaApp -AllSubscriptions -Kind FunctionApp
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// func-invoices            rg-data          Multiple        Running    func-invoices--0000004     0000004=100
/// </code>
/// </example>
/// <example>
/// <para>What runs on GPUs.</para>
/// <code>
/// Get-AcaApp | Where-Object IsGpu
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// api-images               rg-shop          Multiple        Running    api-images--0000003        0000003=100
/// </code>
/// </example>
/// <example>
/// <para>The app of a resource id, which may be that of a revision.</para>
/// <code>
/// Get-AcaRevision web-shop -Latest | ForEach-Object ResourceId | ForEach-Object { Get-AcaApp -ResourceId $_ }
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-shop                 rg-shop          Multiple        Running    web-shop--0000030          0000030=100
/// </code>
/// </example>
/// <output cref="ContainerApp">One for each app, as it comes in.</output>
/// <note>An app on a workload profile of its own is read together with its environment, each environment once, which says the profile's type and whether that has GPUs. Where the account may not read the environment, WorkloadProfileType and IsGpu stay empty.</note>
/// <note>Apps that the Az.App module found pipe in by their Id.</note>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="GetAcaFunctionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Get, "AcaApp", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(ContainerApp))]
public sealed class GetAcaAppCommand : ScopeCmdlet
{
    private WorkloadProfileReader? _profiles;

    /// <summary>Names of apps; PowerShell's wildcards may be used. All apps when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Position = 0, ParameterSetName = ParameterSets.AllSubscriptions)]
    [Alias("ContainerAppName")]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The resource group; PowerShell's wildcards may be used. All groups when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.AllSubscriptions)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string? ResourceGroupName { get; set; }

    /// <summary>Looks in every subscription that the account can see, by Azure Resource Graph, which lags behind writes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.AllSubscriptions)]
    public SwitchParameter AllSubscriptions { get; set; }

    /// <summary>Only apps in environments of these names; PowerShell's wildcards may be used.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] EnvironmentName { get; set; } = [];

    /// <summary>Only apps of these kinds: ContainerApp for ordinary ones, FunctionApp, WorkflowApp, or what Azure calls them. Case does not count.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AppKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Kind { get; set; } = [];

    /// <summary>Only apps with all of these tags: names with values, in which PowerShell's wildcards may be used and * stands for any, or names alone, or texts as name=value.</summary>
    [Parameter]
    [TagTransformation]
    [SupportsWildcards]
    [ValidateNotNull]
    public IDictionary? Tag { get; set; }

    /// <summary>Counts active and inactive revisions, which costs a call an app. A table shows them beside the mode, as 3+104.</summary>
    [Parameter]
    public SwitchParameter IncludeRevisionCount { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _profiles = new WorkloadProfileReader(Session.Azure);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var options = new AppReadOptions { Filter = Filter(), IncludeRevisionCount = IncludeRevisionCount };
        if (AllSubscriptions)
        {
            Run((output, token) => new AppReader(azure, _profiles!, options, output).ReadEverywhereAsync(ResourceGroupName, Name, token));
            return;
        }

        var scopes = ParameterSetName == ParameterSets.ByResourceId ? ScopesOfResourceIds() : [.. Name.Select(name => ScopeOf(name))];
        Run((output, token) => new AppReader(azure, _profiles!, options, output).ReadAsync(scopes, token));
    }

    private AppFilter Filter() => new()
    {
        EnvironmentNames = EnvironmentName,
        Kinds = Kind,
        Tags = [.. (Tag ?? new Hashtable()).Cast<DictionaryEntry>().Select(tag => KeyValuePair.Create($"{tag.Key}", $"{tag.Value}"))],
    };
}
