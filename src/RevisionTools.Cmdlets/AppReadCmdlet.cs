using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>What the cmdlets that read something of apps have in common: how apps are named.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AppReadCmdlet : ScopeCmdlet
{
    /// <summary>Names of apps; PowerShell's wildcards may be used. All apps when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ContainerAppName { get; set; } = ["*"];

    /// <summary>The apps, as Get-AcaApp gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public ContainerApp[] InputObject { get; set; } = [];

    /// <summary>The apps that this record of the pipeline names.</summary>
    private protected virtual IReadOnlyList<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfApp),
        _ => [.. ContainerAppName.Select(name => ScopeOf(name))],
    };
}
