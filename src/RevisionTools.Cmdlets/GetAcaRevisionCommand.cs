using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets revisions of container apps with their stage and the reason for it, weights, labels and what feeds them.</summary>
/// <remarks>
/// <para>Lists active and inactive revisions, oldest first, as they come in. Each app is read together with its revisions, since labels, effective weights and event consumers follow from both.</para>
/// <para>ConfiguredWeight is what the traffic table gives a revision; EffectiveWeight is what requests really get: a latest-revision entry does not reach a new revision before it is ready.</para>
/// <para>Containers has each image taken apart, with registry, repository, tag and digest. With -Detailed, Template holds the whole template, which comes with the list and costs no call of its own. Values of environment variables and of headers of probes are (hidden) unless -IncludeValue is given; names of secrets are shown, their values are in no template.</para>
/// </remarks>
/// <example>
/// <para>Every revision of the apps of a group whose names begin with "web-c".</para>
/// <code>
/// Get-AcaApp web-c* -ResourceGroupName rg-shop | Get-AcaRevision
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-10                 0            2026-10-10 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-11                 0            2026-10-18 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-12                 0 previous   2026-10-31 09:00 Ready, idle: reached by label previous only
/// web-checkout--v2-13                 0            2026-11-07 08:58 Ready, idle: no traffic, no event work
/// web-checkout--v2-14                90 stable     2026-11-14 08:59 Active, gets 90 % of the traffic
/// web-checkout--v2-15                10 canary     2026-11-20 08:33 Active, gets 10 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>Active revisions that nothing reaches: they cost money and do nothing.</para>
/// <code>
/// Get-AcaRevision -Stage Ready
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-shop--p7c3m1q                   0            2026-08-23 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000001                   0            2026-08-26 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000002                   0            2026-08-29 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000003                   0            2026-09-01 08:59 Ready, idle: no traffic, no event work
/// web-shop--0000004                   0            2026-09-04 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000005                   0            2026-09-07 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000006                   0            2026-09-10 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000007                   0            2026-09-13 08:59 Ready, scaled to zero: no traffic, no event work
/// web-shop--0000008                   0            2026-09-16 08:59 Ready, scaled to zero: no traffic, no event work
/// …
/// </code>
/// </example>
/// <example>
/// <para>One revision in full.</para>
/// <code>
/// Get-AcaRevision web-shop web-shop--0000012 | Format-List *
/// </code>
/// <code language="output">
/// Name                : web-shop--0000012
/// ContainerAppName    : web-shop
/// ResourceGroupName   : rg-shop
/// SubscriptionId      : 5a4db0c5-0000-4000-8000-00000000a11a
/// ResourceId          : /subscriptions/5a4db0c5-0000-4000-8000-00000000a11a/resourceGroups/rg-shop/providers/Microsoft.Ap
///                       p/containerApps/web-shop/revisions/web-shop--0000012
/// Active              : True
/// Stage               : Ready
/// StageReason         : scaled to zero: no traffic, no event work
/// ConfiguredWeight    : 0
/// EffectiveWeight     : 0
/// TrafficWeight       : 0
/// Labels              : {}
/// …
/// </code>
/// </example>
/// <example>
/// <para>Which images run, by tag and digest.</para>
/// <code>
/// (Get-AcaRevision -Stage Active).Containers
/// </code>
/// <code language="output">
/// Name                   Registry                   Repository               Tag              Cpu   Memory  Digest
/// ----                   --------                   ----------               ---              ---   ------  ------
/// web-landing            contososhop.azurecr.io     landing                  1.6.0            0.5   1Gi
/// web-shop               contososhop.azurecr.io     shop                     5.7.2            0.5   1Gi
/// web-checkout           contososhop.azurecr.io     checkout                 2.14.0           0.5   1Gi
/// web-checkout           contososhop.azurecr.io     checkout                 2.15.0           0.5   1Gi
/// web-search             contososhop.azurecr.io     search                   0.9.2            0.5   1Gi
/// web-account            contososhop.azurecr.io     account                  3.3.0            0.5   1Gi
/// api-catalog            contososhop.azurecr.io     catalog                  build-4747       0.5   1Gi
/// api-images             contososhop.azurecr.io     images                   2024.4           0.5   1Gi
/// orders-worker          contosodata.azurecr.io     orders-worker            4.1.0            0.5   1Gi
/// orders-worker          contosodata.azurecr.io     orders-worker            4.2.0            0.5   1Gi
/// orders-worker          contosodata.azurecr.io     orders-worker            4.3.0            0.5   1Gi
/// …
/// </code>
/// </example>
/// <example>
/// <para>The whole template of the newest revision as JSON.</para>
/// <code>
/// (Get-AcaRevision orders-worker -Latest -Detailed).Template | ConvertTo-Json -Depth 20
/// </code>
/// <code language="output">
/// {
///   "revisionSuffix": null,
///   "terminationGracePeriodSeconds": null,
///   "containers": [
///     {
///       "image": "contosodata.azurecr.io/orders-worker:4.3.0",
///       "name": "orders-worker",
///       "env": [
///         {
///           "name": "QUEUE_NAME",
///           "value": "(hidden)"
///         },
///         {
/// …
/// </code>
/// </example>
/// <example>
/// <para>The revision of a resource id.</para>
/// <code>
/// $app = Get-AcaApp web-checkout
/// Get-AcaRevision -ResourceId "$($app.ResourceId)/revisions/web-checkout--v2-14"
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--v2-14                90 stable     2026-11-14 08:59 Active, gets 90 % of the traffic
/// </code>
/// </example>
/// <output cref="Revision">One for each revision, the oldest of an app first.</output>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Get, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Revision))]
public sealed class GetAcaRevisionCommand : ScopeCmdlet
{
    /// <summary>Names of apps; PowerShell's wildcards may be used. All apps when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ContainerAppName { get; set; } = ["*"];

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone, in quotes where it is all digits; PowerShell's wildcards may be used. All revisions when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByInputObject)]
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The apps, as Get-AcaApp gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public ContainerApp[] InputObject { get; set; } = [];

    /// <summary>Only revisions in one of these stages; several may also come as one text with commas.</summary>
    [Parameter]
    [EnumNameTransformation(typeof(RevisionStage[]))]
    public RevisionStage[]? Stage { get; set; }

    /// <summary>Only revisions that Azure runs; those going down are among them.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <summary>Only the newest revision of each app, ready or not.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>Fills Template with the whole template.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Shows the values of environment variables and of headers of probes in Template, and implies -Detailed. They can be confidential, and logs keep them.</summary>
    [Parameter]
    public SwitchParameter IncludeValue { get; set; }

    private TemplateDetail Detail => (Detailed.IsPresent, IncludeValue.IsPresent) switch
    {
        (_, true) => TemplateDetail.WithValues,
        (true, _) => TemplateDetail.WithoutValues,
        _ => TemplateDetail.None,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        Run((output, token) => new ScopeReader(azure, output, Detail).ForEachRevisionAsync(
            scopes,
            async (revision, _) =>
            {
                if (IsWanted(revision))
                {
                    await output.EmitAsync(revision).ConfigureAwait(false);
                }
            },
            token));
    }

    private IReadOnlyList<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => [.. ScopesOf(InputObject, AppScope.OfApp).SelectMany(app => Name.Select(name => app with { RevisionName = name, IsFilter = true }))],
        _ => [.. ContainerAppName.SelectMany(app =>
            Name.Select(name => ScopeOf(app, name)))],
    };

    private bool IsWanted(Revision revision) =>
        (Stage is null || Stage.Contains(revision.Stage))
        && (!Active || revision.Active == true)
        && (!Latest || revision.IsLatest);
}
