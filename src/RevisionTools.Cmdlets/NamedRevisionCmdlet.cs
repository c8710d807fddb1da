using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>
/// What the cmdlets that are about named revisions have in common: how revisions are named, and that all of a pipeline are read before
/// anything is done about the first.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NamedRevisionCmdlet : ScopeCmdlet
{
    private const int DefaultReadsAtOnce = 4;

    private readonly List<AppScope> _scopes = [];

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone, in quotes where it is all digits. No wildcards: pipe from Get-AcaRevision for these.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName)]
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The app that the revisions belong to. Without -ResourceGroupName it is looked for in the whole subscription, and must be the only one of its name.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string ContainerAppName { get; set; } = "";

    /// <summary>The revisions, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    /// <summary>How many apps are read at once.</summary>
    private protected virtual int ReadsAtOnce => DefaultReadsAtOnce;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _scopes.AddRange(ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds().Where(IsRevision),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfRevision),
        _ => Name.Select(name => ScopeOf(ContainerAppName, name)),
    });

    /// <summary>Reads every app that was named, once, and finds the revisions in it. What is not there is reported.</summary>
    private protected IReadOnlyList<(Revision Revision, AppSnapshot Snapshot)> ReadTargets()
    {
        var azure = Session.Azure;
        List<(Revision, AppSnapshot)> targets = [];
        if (_scopes.Count > 0)
        {
            Run(async (output, token) => targets.AddRange(
                await new TargetReader(azure, output).ReadAsync(_scopes, ReadsAtOnce, token).ConfigureAwait(false)));
        }

        return targets;
    }

    private bool IsRevision(AppScope scope)
    {
        if (scope.RevisionName is not null)
        {
            return true;
        }

        var failure = new RevisionToolsException(
            FailureKind.InvalidResourceId, $"The resource id names the app '{scope.AppName}', not a revision of it; pipe it to Get-AcaRevision first.");
        Fail(failure, new ContainerAppId(scope.SubscriptionId, scope.ResourceGroupName!, scope.AppName!).Path);
        return false;
    }
}
