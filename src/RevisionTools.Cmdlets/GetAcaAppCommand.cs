using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets container apps with their revision mode, newest revisions and traffic table.</summary>
/// <remarks>
/// <para>Reads the apps of a subscription or of a resource group from Azure Resource Manager. A name without wildcards must exist, else the error is ContainerAppNotFound; a name with wildcards may match nothing.</para>
/// </remarks>
/// <example>
/// <para>All apps whose name begins with "web".</para>
/// <code>
/// Get-AcaApp web*
/// </code>
/// </example>
/// <example>
/// <para>Apps that the Az.App module found, as objects for the other cmdlets of this module.</para>
/// <code>
/// Get-AzContainerApp -ResourceGroupName rg-shop | Get-AcaApp
/// </code>
/// </example>
/// <seealso cref="GetAcaRevisionCommand"/>
[Cmdlet(VerbsCommon.Get, "AcaApp", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(ContainerApp))]
public sealed class GetAcaAppCommand : AcaCmdlet
{
    /// <summary>Names of apps; * and ? match any text and any one character. All apps when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [Alias("ContainerAppName")]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The resource group; * and ? match any text and any one character. All groups when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The subscription, a GUID. The connection's when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>Resource ids of apps, or of anything below one. Objects of other modules bind by their Id.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = ParameterSetName == ParameterSets.ByResourceId
            ? ScopesOf(ResourceId)
            : [.. Name.Select(name => new AppScope(SubscriptionOr(SubscriptionId), ResourceGroupName, name))];
        Run((output, token) => new ScopeReader(azure, output).ForEachAppAsync(scopes, async (app, _) =>
            await output.EmitAsync(app).ConfigureAwait(false), token));
    }
}
