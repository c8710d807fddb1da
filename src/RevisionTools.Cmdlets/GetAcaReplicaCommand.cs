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
/// <code language="output">
///    Revision: web-shop--0000030 of web-shop (rg-shop)
///
/// Name                                              Ready RunningState   Restarts Created (UTC)    Containers
/// ----                                              ----- ------------   -------- -------------    ----------
/// web-shop--0000030-9311769415-8xpt7                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-dhu7b                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-mo28u                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-srwmv                True  Running               0 2026-11-20 03:59 web-shop
/// </code>
/// </example>
/// <example>
/// <para>The replicas of every active revision of an app.</para>
/// <code>
/// Get-AcaReplica web-search
/// </code>
/// <code language="output">
///    Revision: web-search--0000003 of web-search (rg-shop)
///
/// Name                                              Ready RunningState   Restarts Created (UTC)    Containers
/// ----                                              ----- ------------   -------- -------------    ----------
/// web-search--0000003-4ab17da6ef-04czj              True  Running               0 2026-11-16 08:59 web-search
/// web-search--0000003-4ab17da6ef-ms06n              True  Running               0 2026-11-16 08:59 web-search
///
///    Revision: web-search--0000004 of web-search (rg-shop)
///
/// Name                                              Ready RunningState   Restarts Created (UTC)    Containers
/// ----                                              ----- ------------   -------- -------------    ----------
/// web-search--0000004-9371ced9e6-gmjez              False NotRunning            0 2026-11-20 08:09 web-search
/// </code>
/// </example>
/// <example>
/// <para>The replicas of a resource id of an app or of a revision.</para>
/// <code>
/// $revision = Get-AcaRevision web-shop -Latest
/// Get-AcaReplica -ResourceId $revision.ResourceId
/// </code>
/// <code language="output">
///    Revision: web-shop--0000030 of web-shop (rg-shop)
///
/// Name                                              Ready RunningState   Restarts Created (UTC)    Containers
/// ----                                              ----- ------------   -------- -------------    ----------
/// web-shop--0000030-9311769415-8xpt7                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-dhu7b                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-mo28u                True  Running               0 2026-11-20 03:59 web-shop
/// web-shop--0000030-9311769415-srwmv                True  Running               0 2026-11-20 03:59 web-shop
/// </code>
/// </example>
/// <output cref="Replica">One for each replica.</output>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="RestartAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Get, "AcaReplica", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Replica))]
public sealed class GetAcaReplicaCommand : ScopeCmdlet
{
    /// <summary>The app; PowerShell's wildcards may be used.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string ContainerAppName { get; set; } = "";

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone, in quotes where it is all digits; PowerShell's wildcards may be used. Every active revision when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The revisions, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

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
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfRevision),
        _ => [.. Name.Select(name => ScopeOf(ContainerAppName, name))],
    };
}
