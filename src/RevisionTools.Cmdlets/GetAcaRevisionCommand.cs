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
/// <para>Every revision of every app that begins with "web".</para>
/// <code>
/// Get-AcaApp web* | Get-AcaRevision
/// </code>
/// </example>
/// <example>
/// <para>Active revisions that nothing reaches: they cost money and do nothing.</para>
/// <code>
/// Get-AcaRevision -Stage Ready
/// </code>
/// </example>
/// <example>
/// <para>One revision in full.</para>
/// <code>
/// Get-AcaRevision web-shop web-shop--0000012 | Format-List *
/// </code>
/// </example>
/// <example>
/// <para>Which images run, by tag and digest.</para>
/// <code>
/// (Get-AcaRevision -Stage Active).Containers
/// </code>
/// </example>
/// <example>
/// <para>The whole template of the newest revision as JSON.</para>
/// <code>
/// (Get-AcaRevision orders-worker -Latest -Detailed).Template | ConvertTo-Json -Depth 20
/// </code>
/// </example>
/// <example>
/// <para>The revision of a resource id.</para>
/// <code>
/// $app = Get-AcaApp web-checkout
/// Get-AcaRevision -ResourceId "$($app.ResourceId)/revisions/web-checkout--v2-14"
/// </code>
/// </example>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
[Cmdlet(VerbsCommon.Get, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(Revision))]
public sealed class GetAcaRevisionCommand : ScopeCmdlet
{
    /// <summary>Names of apps; PowerShell's wildcards may be used. All apps when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ContainerAppName { get; set; } = ["*"];

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone, in quotes where it is all digits; PowerShell's wildcards may be used. All revisions when left out.</summary>
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

    /// <summary>Only revisions in one of these stages.</summary>
    [Parameter]
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
