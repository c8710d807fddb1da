using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Templates;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>Says how two revisions differ, or a revision and a template file.</summary>
/// <remarks>
/// <para>Containers, environment variables, scale rules, volumes and probes are matched by name or type: their order alone is no difference, but that of init containers, which run in it; and null, absent and Azure's default are the same. The suffix, which only names a revision, is left out. Equal templates give no output.</para>
/// <para>Each difference says whether it belongs to the revision, so that a change of it makes a new one, or to the app. Of scale rules that feed the revision with events it is said which consumer appears, disappears or changes.</para>
/// <para>Values of environment variables and of headers of probes are hidden without -IncludeValue; that they differ is said. References to secrets are named.</para>
/// <para>A template file is JSON with a template, an app as az containerapp show prints it, or a revision in it. Lists have the shape that Azure takes: env as objects with name and value, command and args as texts. Where it has the configuration of an app, that is compared with the app's.</para>
/// </remarks>
/// <example>
/// <para>What has changed since the last revision.</para>
/// <code>
/// Compare-AcaRevision web-checkout--v2-14 web-checkout--v2-15
/// </code>
/// <code language="output">
///    Revisions: web-checkout--v2-14 -> web-checkout--v2-15
///
/// Kind    Scope       Path                                     Reference                    Difference
/// ----    -----       ----                                     ---------                    ----------
/// Changed Revision    containers[web-checkout].image           ….azurecr.io/checkout:2.14.0 ….azurecr.io/checkout:2.15.0
/// </code>
/// </example>
/// <example>
/// <para>How all active revisions of an app differ from the one that is ready and newest.</para>
/// <code>
/// Get-AcaRevision orders-worker -Active | Compare-AcaRevision -ReferenceRevision orders-worker--0000003
/// </code>
/// <code language="output">
///    Revisions: orders-worker--0000003 -> orders-worker--0000001
///
/// Kind    Scope       Path                                     Reference                    Difference
/// ----    -----       ----                                     ---------                    ----------
/// Changed Revision    containers[orders-worker].image          …recr.io/orders-worker:4.3.0 …recr.io/orders-worker:4.1.0
///
///    Revisions: orders-worker--0000003 -> orders-worker--0000002
///
/// Kind    Scope       Path                                     Reference                    Difference
/// ----    -----       ----                                     ---------                    ----------
/// Changed Revision    containers[orders-worker].image          …recr.io/orders-worker:4.3.0 …recr.io/orders-worker:4.2.0
/// </code>
/// </example>
/// <example>
/// <para>What a template would change.</para>
/// <code>
/// '{ "containers": [ { "name": "web-shop", "image": "contososhop.azurecr.io/shop:5.8.0" } ] }' | Set-Content ./template.json
/// Compare-AcaRevision web-shop--0000030 -TemplatePath ./template.json
/// </code>
/// <code language="output">
///    Revisions: web-shop--0000030 -> template.json
///
/// Kind    Scope       Path                                     Reference                    Difference
/// ----    -----       ----                                     ---------                    ----------
/// Changed Revision    containers[web-shop].image               …oshop.azurecr.io/shop:5.7.2 …oshop.azurecr.io/shop:5.8.0
/// </code>
/// </example>
/// <output cref="RevisionDifference">One for each difference. Nothing where the two are equal.</output>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="NewAcaRevisionCommand"/>
/// <seealso cref="TestAcaChangeScopeCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsData.Compare, "AcaRevision", DefaultParameterSetName = ParameterSets.ByRevision)]
[OutputType(typeof(RevisionDifference))]
public sealed class CompareAcaRevisionCommand : ConnectedCmdlet
{
    private const string ByTemplate = "ByTemplate";

    private TemplateReader? _reader;

    /// <summary>What to compare with: a revision by its full name (app--suffix), by the suffix alone together with -ContainerAppName, by resource id, or as Get-AcaRevision gives it.</summary>
    /// <accepts cref="Revision"/>
    /// <accepts cref="string"/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByRevision)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByTemplate)]
    [RevisionTransformation]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string ReferenceRevision { get; set; } = "";

    /// <summary>The revisions to compare, named in the same ways. A suffix alone is one of the app of -ReferenceRevision.</summary>
    /// <accepts cref="Revision"/>
    /// <accepts cref="string"/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByRevision)]
    [RevisionTransformation]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DifferenceRevision { get; set; } = [];

    /// <summary>A JSON file with a template, an app or a revision in it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByTemplate)]
    [ValidateNotNullOrEmpty]
    public string TemplatePath { get; set; } = "";

    /// <summary>The app that revisions belong to that are named by the suffix alone.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ContainerAppName { get; set; }

    /// <summary>The resource group. The app is looked for in the whole subscription when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceGroupNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The subscription, a GUID. The connection's when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>Shows the values of environment variables and of headers of probes. They can be confidential, and logs keep them. What looks like a secret in a scale rule is never shown.</summary>
    [Parameter]
    public SwitchParameter IncludeValue { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _reader = new TemplateReader(Session.Azure);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByTemplate)
        {
            CompareFile(GetUnresolvedProviderPathFromPSPath(TemplatePath));
            return;
        }

        foreach (var revision in DifferenceRevision)
        {
            Compare(revision);
        }
    }

    private void Compare(string revision)
    {
        var subscriptionId = SubscriptionId ?? Session.Context.SubscriptionId;
        RunFor(revision, async (output, token) =>
        {
            var reference = RevisionReference.Of(ReferenceRevision, ContainerAppName);
            var difference = RevisionReference.Of(revision, ContainerAppName ?? reference.AppName);
            await ReportAsync(
                output,
                await _reader!.ReadAsync(reference.Scope(subscriptionId, ResourceGroupName), token).ConfigureAwait(false),
                await _reader.ReadAsync(difference.Scope(subscriptionId, ResourceGroupName), token).ConfigureAwait(false)).ConfigureAwait(false);
        });
    }

    private void CompareFile(string path)
    {
        var subscriptionId = SubscriptionId ?? Session.Context.SubscriptionId;
        RunFor(ReferenceRevision, async (output, token) =>
        {
            var file = TemplateDocument.OfFile(path);
            var scope = RevisionReference.Of(ReferenceRevision, ContainerAppName).Scope(subscriptionId, ResourceGroupName);
            var reference = file.Configuration is null
                ? await _reader!.ReadAsync(scope, token).ConfigureAwait(false)
                : await _reader!.ReadWithConfigurationAsync(scope, token).ConfigureAwait(false);
            await ReportAsync(output, reference, file).ConfigureAwait(false);
        });
    }

    private async Task ReportAsync(IWorkOutput output, TemplateDocument reference, TemplateDocument difference)
    {
        foreach (var found in reference.Compare(difference, IncludeValue))
        {
            await output.EmitAsync(found).ConfigureAwait(false);
        }
    }
}
