using System.Management.Automation;
using RevisionTools.Lifecycle;
using RevisionTools.Traffic;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>Writes the traffic table of container apps as the Bicep, Terraform or JSON that would set it.</summary>
/// <remarks>
/// <para>Deployments replace the whole traffic array: what their template does not name vanishes, labels and all. This prints the block that matches what is live, to be pasted into the template. Nothing is written anywhere; the text comes as one string an app.</para>
/// <para>Bicep: the property traffic of configuration.ingress. Terraform: the traffic_weight blocks of the ingress block of azurerm_container_app, whose other arguments stay as they are. A comment above names the app. Json: the array as Azure Resource Manager takes it.</para>
/// </remarks>
/// <example>
/// <para>The block for a Bicep file.</para>
/// <code>
/// Export-AcaTraffic web-checkout -Format Bicep
/// </code>
/// <code language="output">
/// // web-checkout (rg-shop)
/// traffic: [
///   {
///     revisionName: 'web-checkout--v2-14'
///     weight: 90
///     label: 'stable'
///   }
///   {
///     revisionName: 'web-checkout--v2-15'
///     weight: 10
///     label: 'canary'
///   }
///   {
/// …
/// </code>
/// </example>
/// <example>
/// <para>The blocks of a group's apps for Terraform.</para>
/// <code>
/// Get-AcaApp web-* -ResourceGroupName rg-shop | Export-AcaTraffic -Format Terraform
/// </code>
/// <code language="output">
/// # web-landing (rg-shop)
/// ingress {
///   traffic_weight {
///     latest_revision = true
///     percentage      = 100
///   }
/// }
/// # web-shop (rg-shop)
/// ingress {
///   traffic_weight {
///     revision_suffix = "0000030"
///     percentage      = 100
///   }
/// …
/// </code>
/// </example>
/// <example>
/// <para>The array, by resource id.</para>
/// <code>
/// Get-AcaApp web-checkout | Select-Object ResourceId | Export-AcaTraffic -Format Json
/// </code>
/// <code language="output">
/// [
///   {
///     "revisionName": "web-checkout--v2-14",
///     "weight": 90,
///     "label": "stable"
///   },
///   {
///     "revisionName": "web-checkout--v2-15",
///     "weight": 10,
///     "label": "canary"
///   },
///   {
///     "revisionName": "web-checkout--v2-12",
/// …
/// </code>
/// </example>
/// <output cref="string">One for each app.</output>
/// <note>An app without ingress has no such block: that is an error where it was named, and a warning where it was one of many.</note>
/// <seealso cref="GetAcaTrafficCommand"/>
/// <seealso cref="SetAcaTrafficCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsData.Export, "AcaTraffic", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(string))]
public sealed class ExportAcaTrafficCommand : AppReadCmdlet
{
    /// <summary>The language.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByInputObject)]
    [EnumNameTransformation(typeof(TrafficFormat))]
    public TrafficFormat Format { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        var isOneOfMany = ParameterSetName == ParameterSets.ByInputObject;
        Run((output, token) => new ScopeReader(azure, output).ForEachAppAsync(
            scopes, (app, scope) => WriteAsync(app, isOneOfMany || scope.SpansApps, output), token));
    }

    private async Task WriteAsync(ContainerApp app, bool isOneOfMany, IWorkOutput output)
    {
        if (app.IngressEnabled)
        {
            await output.EmitAsync(TrafficExport.Write(app, Format)).ConfigureAwait(false);
            return;
        }

        var failure = TrafficFailure.Of(FailureKind.IngressRequired, app, $"The app '{app.Name}' has no ingress, so there is no traffic table to write.");
        if (isOneOfMany)
        {
            await output.WarnAsync(failure.Message).ConfigureAwait(false);
        }
        else
        {
            await output.FailAsync(failure, app.ResourceId).ConfigureAwait(false);
        }
    }
}
