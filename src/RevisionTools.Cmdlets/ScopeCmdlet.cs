using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>What the cmdlets that look for apps or revisions have in common: where they look, and resource ids.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScopeCmdlet : ConnectedCmdlet
{
    /// <summary>The resource group; PowerShell's wildcards may be used. All groups when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string? ResourceGroupName { get; set; }

    /// <summary>The subscription, a GUID. The connection's when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ValidateNotNullOrEmpty]
    public virtual string? SubscriptionId { get; set; }

    /// <summary>Resource ids of what the command is about, apps or revisions, or of anything below. Objects of other modules bind by their Id.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public virtual string[] ResourceId { get; set; } = [];

    /// <summary>Whether something that was given named nothing, and was reported.</summary>
    private protected bool HasMissed { get; private set; }

    /// <summary>Makes sure of the connection before anything is taken from the pipeline.</summary>
    protected override void BeginProcessing() => _ = Session;

    /// <summary>The scope of names that were typed.</summary>
    private protected AppScope ScopeOf(string appName, string? revisionName = null) =>
        new(SubscriptionOr(SubscriptionId), ResourceGroupName, appName, revisionName);

    /// <summary>The scopes of <see cref="ResourceId"/>.</summary>
    private protected IReadOnlyList<AppScope> ScopesOfResourceIds() => ScopesOf(ResourceId, AppScope.OfResourceId);

    /// <summary>The same for objects, which need not say the subscription where the connection has one.</summary>
    private protected IReadOnlyList<AppScope> ScopesOf<T>(IEnumerable<T> items, Func<T, string?, AppScope> scopeOf)
    {
        var subscriptionId = Session.Context.SubscriptionId;
        return ScopesOf(items, item => scopeOf(item, subscriptionId));
    }

    /// <summary>The scopes of what came by the pipeline. What names nothing is reported, and the others go on.</summary>
    private protected IReadOnlyList<AppScope> ScopesOf<T>(IEnumerable<T> items, Func<T, AppScope> scopeOf)
    {
        List<AppScope> scopes = [];
        foreach (var item in items)
        {
            try
            {
                scopes.Add(scopeOf(item));
            }
            catch (RevisionToolsException failure)
            {
                HasMissed = true;
                Fail(failure, item);
            }
        }

        return scopes;
    }
}
