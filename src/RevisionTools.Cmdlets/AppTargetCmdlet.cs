using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>
/// What the cmdlets that are about named apps have in common: how apps are named, and that all of a pipeline are read before the first is
/// asked about.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AppTargetCmdlet : ScopeCmdlet
{
    private readonly List<AppScope> _scopes = [];

    /// <summary>The app. Without -ResourceGroupName it is looked for in the whole subscription, and must be the only one of its name. No wildcards: pipe from Get-AcaApp for these.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string ContainerAppName { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => _scopes.AddRange(Scopes());

    /// <summary>The apps that this record of the pipeline names.</summary>
    private protected virtual IEnumerable<AppScope> Scopes() =>
        ParameterSetName == ParameterSets.ByResourceId ? ScopesOfResourceIds() : [ScopeOf(ContainerAppName)];

    /// <summary>Reads every app that was named, once, with its revisions. What is not there is reported.</summary>
    private protected IReadOnlyList<(AppScope Scope, AppState State)> ReadApps()
    {
        var azure = Session.Azure;
        List<(AppScope, AppState)> states = [];
        if (_scopes.Count > 0)
        {
            Run(async (output, token) => states.AddRange(await new AppStatesReader(azure, output).ReadAsync(_scopes, token).ConfigureAwait(false)));
        }

        return states;
    }
}
