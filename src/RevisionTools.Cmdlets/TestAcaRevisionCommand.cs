using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Preflight;
using RevisionTools.Registries;

namespace RevisionTools.Cmdlets;

/// <summary>Says of revisions whether they could start again, before one has to be gone back to.</summary>
/// <remarks>
/// <para>Azure lets secrets, registries, storages, identities and workload profiles be removed while inactive revisions refer to them, and refuses to activate these afterwards, or starts them in vain. Each revision's own template is held against its app and environment as they are now; nothing is started or changed.</para>
/// <para>NotReady: something that it needs is missing, or it failed when Azure last ran it; Message has the cause. Unknown: nothing is known to be missing, and something could not be looked at. Ready: all the rest. Findings has everything that was looked at: secrets of environment variables, scale rules and volumes; the app's login for each registry; identities; storages of the environment; the workload profile; images.</para>
/// <para>An image by tag does not make a revision NotReady: its finding says that what starts may differ from what ran. An image of an Azure Container Registry that the app has no login for makes it NotReady where the app has logins for others, since Azure refuses such a revision; where the app has none at all, and for other registries that are not known to be public, the answer is Unknown.</para>
/// </remarks>
/// <example>
/// <para>Could the revisions of an app that are kept for rollback start again?</para>
/// <code>
/// Test-AcaRevision web-landing
/// </code>
/// <code language="output">
///    ContainerApp: web-landing (rg-shop)
///
/// Name                                     Active Result   Message
/// ----                                     ------ ------   -------
/// web-landing--k2v9x4d                     False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-landing--0000001                     False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-landing--0000002                     False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-landing--0000003                     False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-landing--0000004                     False  Ready    Nothing that it needs is missing; an image is named by tag,
/// …
/// </code>
/// </example>
/// <example>
/// <para>Everything that was looked at for one revision.</para>
/// <code>
/// (Test-AcaRevision orders-worker b8j2l5v).Findings
/// </code>
/// <code language="output">
/// Check           Result   Subject                              Message
/// -----           ------   -------                              -------
/// Secret          Ready    servicebus-connection                The app has the secret 'servicebus-connection'.
/// Registry        Ready    contosodata.azurecr.io               The app logs in to the registry 'contosodata.azurecr.io'
///                                                               with the identity 'system'.
/// Identity        Ready    system                               The app has the identity 'system'; what that may do was
///                                                               not looked at.
/// Image           Ready    contosodata.azurecr.io/orders-worker The image 'contosodata.azurecr.io/orders-worker:4.0.0'
///                          :4.0.0                               is named by the tag '4.0.0', which can be moved: what
///                                                               starts may differ from what ran.
/// </code>
/// </example>
/// <example>
/// <para>Revisions that would not come back, with the cause.</para>
/// <code>
/// Get-AcaRevision web-* | Test-AcaRevision | Where-Object Result -eq NotReady
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop)
///
/// Name                                     Active Result   Message
/// ----                                     ------ ------   -------
/// web-search--0000004                      True   NotReady It failed when it last ran: provisioning failed: 1/1
///                                                          Pending:ImagePullBackOff on legion. The image cannot be
///                                                          pulled.
/// </code>
/// </example>
/// <example>
/// <para>The revisions of apps that are known by their resource ids.</para>
/// <code>
/// Test-AcaRevision -ResourceId (Get-AcaApp web-search).ResourceId
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop)
///
/// Name                                     Active Result   Message
/// ----                                     ------ ------   -------
/// web-search--m4t8b2z                      False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000001                      False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000002                      True   Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000003                      True   Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000004                      True   NotReady It failed when it last ran: provisioning failed: 1/1
/// …
/// </code>
/// </example>
/// <example>
/// <para>The same, and whether the images are still in their registry.</para>
/// <code>
/// Test-AcaRevision web-search -CheckImage -Registry contososhop.azurecr.io
/// </code>
/// <code language="output">
///    ContainerApp: web-search (rg-shop)
///
/// Name                                     Active Result   Message
/// ----                                     ------ ------   -------
/// web-search--m4t8b2z                      False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000001                      False  Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000002                      True   Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000003                      True   Ready    Nothing that it needs is missing; an image is named by tag,
///                                                          so what starts may differ from what ran.
/// web-search--0000004                      True   NotReady It failed when it last ran: provisioning failed: 1/1
/// …
/// </code>
/// </example>
/// <output cref="RevisionReadiness">One for each revision.</output>
/// <note>The environment is read only where a revision refers to it, and needs Microsoft.App/managedEnvironments/read and Microsoft.App/managedEnvironments/storages/read; without these the answer is Unknown and says so. What is inside a key vault, and what an identity may do, is not looked at.</note>
/// <note>-CheckImage asks only registries that -Registry names, and needs the role AcrPull there. A connection made with -AccessToken can get no token for registries: the answer is Unknown, and says so.</note>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso href="about_RevisionTools_Pruning"/>
[Cmdlet(VerbsDiagnostic.Test, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(RevisionReadiness))]
public sealed class TestAcaRevisionCommand : ScopeCmdlet
{
    private readonly List<AppScope> _scopes = [];
    private ImageCheck? _images;

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
    [Alias("RevisionName")]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The revisions, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    /// <summary>Asks the registries of -Registry whether the images are still there. An image of another registry then makes the answer Unknown.</summary>
    [Parameter]
    public SwitchParameter CheckImage { get; set; }

    /// <summary>The Azure Container Registries that -CheckImage may ask, by their login servers, such as contoso.azurecr.io; refused without -CheckImage. Only these get a token, which is one for registries and never the one for Azure Resource Manager: the name of an image is chosen by whoever may write the app.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Registry { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            if (Registry.Length > 0 && !CheckImage)
            {
                throw new RevisionToolsException(FailureKind.InvalidRegistry, "-Registry names the registries that -CheckImage may ask; it needs -CheckImage.");
            }

            _images = CheckImage ? new ImageCheck(Session.Registries, Registry) : null;
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, Registry);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _scopes.AddRange(ParameterSetName switch
    {
        ParameterSets.ByResourceId => ScopesOfResourceIds(),
        ParameterSets.ByInputObject => ScopesOf(InputObject, AppScope.OfRevision),
        _ => ContainerAppName.SelectMany(app => Name.Select(name => ScopeOf(app, name))),
    });

    private protected override void ProcessAll()
    {
        var azure = Session.Azure;
        if (_scopes.Count > 0)
        {
            Run((output, token) => new ReadinessRunner(azure, output, _images).RunAsync(_scopes, token));
        }
    }
}
