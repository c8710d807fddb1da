using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets the replicas of revisions: the copies that run now, with the state of their containers.</summary>
/// <remarks>
/// <para>Given an app, reads the replicas of each of its active revisions. A revision that is scaled to zero has none.</para>
/// </remarks>
/// <example>
/// <para>The replicas of a revision, and how often their containers were restarted.</para>
/// <code>
/// Get-AcaRevision web-shop -Latest | Get-AcaReplica
/// </code>
/// </example>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="RestartAcaRevisionCommand"/>
[Cmdlet(VerbsCommon.Get, "AcaReplica", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Replica))]
public sealed class GetAcaReplicaCommand : AcaCmdlet
{
    /// <summary>The app; * and ? match any text and any one character.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string ContainerAppName { get; set; } = "";

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone; * and ? match any text and any one character. Every active revision when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The resource group; * and ? match any text and any one character. All groups when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The subscription, a GUID. The connection's when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>The revisions, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    /// <summary>Resource ids of apps or of revisions. Objects of other modules bind by their Id.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        Run((output, token) => new ScopeReader(azure, output).ForEachRevisionAsync(
            scopes,
            async (revision, _) =>
            {
                if (revision.Active == false)
                {
                    return;
                }

                await foreach (var replica in azure.ListReplicasAsync(revision.Id, token).ConfigureAwait(false))
                {
                    await output.EmitAsync(replica).ConfigureAwait(false);
                }
            },
            token));
    }

    private IReadOnlyList<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOf(ResourceId),
        ParameterSets.ByInputObject => [.. InputObject.Select(AppScope.OfRevision)],
        _ => [.. Name.Select(name => new AppScope(SubscriptionOr(SubscriptionId), ResourceGroupName, ContainerAppName, name))],
    };
}
