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
public sealed class GetAcaAppCommand : ScopeCmdlet
{
    /// <summary>Names of apps; PowerShell's wildcards may be used. All apps when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [Alias("ContainerAppName")]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = ParameterSetName == ParameterSets.ByResourceId
            ? ScopesOfResourceIds()
            : [.. Name.Select(name => ScopeOf(name))];
        Run((output, token) => new ScopeReader(azure, output).ForEachAppAsync(scopes, async (app, _) =>
            await output.EmitAsync(app).ConfigureAwait(false), token));
    }
}
