using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Watches revisions, and writes each change of stage as it is seen.</summary>
/// <remarks>
/// <para>Begins with the present stage of each revision, as a transition from nothing. Given an app, or a name with wildcards, new revisions that fit are followed too. One that is gone is told as Removed.</para>
/// <para>Lasts until it is stopped (Ctrl+C, or Select-Object -First), until -Until comes about, or for -TimeoutSec. A watch of named revisions ends as well when all of them are gone. With -Until, what is gone before it got there is an error: RevisionNotFound of a named revision, ContainerAppNotFound of an app; but one that is gone is as good as Inactive.</para>
/// </remarks>
/// <example>
/// <para>See an old revision come up.</para>
/// <code>
/// Set-AcaRevisionState Active web-search '0000001'
/// Watch-AcaRevision web-search '0000001' -Until Ready -TimeoutSec 120
/// </code>
/// <code language="output">
/// At (UTC)            RevisionName                       From         To           Reason
/// --------            ------------                       ----         --           ------
/// 2026-11-20 09:00:00 web-search--0000001                             Provisioning not ready yet (Activating)
/// 2026-11-20 09:00:30 web-search--0000001                Provisioning Ready        idle: no traffic, no event work
/// </code>
/// </example>
/// <example>
/// <para>All that happens to an app within a minute, moves of traffic and labels as well.</para>
/// <code>
/// Get-AcaApp web-checkout | Watch-AcaRevision -TimeoutSec 60 -IncludeTraffic
/// </code>
/// <code language="output">
/// At (UTC)            RevisionName                       From         To           Reason
/// --------            ------------                       ----         --           ------
/// 2026-11-20 09:00:00 web-checkout--v2-10                             Ready        idle: no traffic, no event work
/// 2026-11-20 09:00:00 web-checkout--v2-11                             Ready        idle: no traffic, no event work
/// 2026-11-20 09:00:00 web-checkout--v2-12                             Ready        idle: reached by label previous only
/// 2026-11-20 09:00:00 web-checkout--v2-13                             Ready        idle: no traffic, no event work
/// 2026-11-20 09:00:00 web-checkout--v2-14                             Active       gets 90 % of the traffic
/// 2026-11-20 09:00:00 web-checkout--v2-15                             Active       gets 10 % of the traffic
/// </code>
/// </example>
/// <example>
/// <para>See a revision go down.</para>
/// <code>
/// Get-AcaRevision web-checkout v2-10 | Set-AcaRevisionState Inactive -PassThru | Watch-AcaRevision -Until Inactive
/// </code>
/// <code language="output">
/// At (UTC)            RevisionName                       From         To           Reason
/// --------            ------------                       ----         --           ------
/// 2026-11-20 09:00:00 web-checkout--v2-10                             Deactivating going down; Azure still says active
/// 2026-11-20 09:00:53 web-checkout--v2-10                Deactivating Inactive     kept for rollback until purged
/// </code>
/// </example>
/// <output cref="RevisionTransition">One for each change of stage as it is seen, the present stage first.</output>
/// <note>Azure is asked every three seconds or so, less often the more apps there are, and what comes and goes between two looks is not seen. Throttling, trouble of the service and lost connections are looked past.</note>
/// <seealso cref="WaitAcaRevisionCommand"/>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Watch, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(RevisionTransition))]
public sealed class WatchAcaRevisionCommand : ScopeCmdlet
{
    private readonly List<AppScope> _scopes = [];

    /// <summary>Names of apps; PowerShell's wildcards may be used, and stand for the apps that there are when the watch begins.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ContainerAppName { get; set; } = [];

    /// <summary>Names of revisions, in full (app--suffix) or the suffix alone, in quotes where it is all digits; PowerShell's wildcards may be used. All revisions, those to come too, when left out.</summary>
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

    /// <summary>Ends the watch when every named revision has been seen in this stage; of a whole app, or of a name with wildcards, when a revision gets into it. Several apps are followed until it has come about in each.</summary>
    [Parameter]
    [EnumNameTransformation(typeof(RevisionStage))]
    public RevisionStage? Until { get; set; }

    /// <summary>How long to watch, in seconds. That is an error (RevisionWaitTimeout) only where -Until has not come about. Without an end when left out.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary>Tells changes of weights and labels too, as a transition that stays in its stage.</summary>
    [Parameter]
    public SwitchParameter IncludeTraffic { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _scopes.AddRange(ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfRevision),
        _ => ContainerAppName.SelectMany(app => Name.Select(name => ScopeOf(app, name))),
    });

    private protected override void ProcessAll()
    {
        if (_scopes.Count == 0)
        {
            return;
        }

        var azure = Session.Azure;
        var options = new WatchOptions
        {
            Until = Until,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            IncludeTraffic = IncludeTraffic,
        };
        Run((output, token) => new RevisionWatcher(azure, options, output).RunAsync(_scopes, token));
    }
}
