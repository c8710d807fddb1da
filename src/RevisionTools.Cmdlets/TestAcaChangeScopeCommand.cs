using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets;

/// <summary>Says of a proposed change of an app whether it makes a new revision, and which of its fields do.</summary>
/// <remarks>
/// <para>The change is a merge patch as one would send it to Azure, with properties around it or without: fields are set, null removes, and lists are replaced whole. Nothing is sent.</para>
/// <para>Held against an app, what the app has already makes nothing and is listed under Unchanged. Without an app, and then without a connection, every field counts.</para>
/// <para>The change comes first, and the app, which may be left out, after it. A text that is neither JSON nor a file is an error.</para>
/// <para>Warnings say what else comes of it: that Azure would refuse it, that a new revision takes the traffic over, that labels or environment variables are lost with a list that is replaced, that secrets need a restart, that the mode changes.</para>
/// </remarks>
/// <example>
/// <para>Does this make a revision?</para>
/// <code>
/// Test-AcaChangeScope @{ template = @{ scale = @{ minReplicas = 2 } }; configuration = @{ ingress = @{ targetPort = 8080 } } } web-shop
/// </code>
/// <code language="output">
/// ContainerApp               MakesRevision RevisionFields                         ApplicationFields
/// ------------               ------------- --------------                         -----------------
/// web-shop                   True          template.scale.minReplicas
/// </code>
/// </example>
/// <example>
/// <para>The same for JSON, and for no app in particular.</para>
/// <code>
/// Test-AcaChangeScope '{ "properties": { "configuration": { "activeRevisionsMode": "Single" } } }'
/// </code>
/// <code language="output">
/// ContainerApp               MakesRevision RevisionFields                         ApplicationFields
/// ------------               ------------- --------------                         -----------------
///                            False                                                configuration.activeRevisionsMode
/// </code>
/// </example>
/// <example>
/// <para>Which apps would get a new revision by a file.</para>
/// <code>
/// '{ "template": { "scale": { "maxReplicas": 10 } } }' | Set-Content ./patch.json
/// Get-AcaApp | Test-AcaChangeScope ./patch.json | Where-Object MakesRevision
/// </code>
/// <code language="output">
/// ContainerApp               MakesRevision RevisionFields                         ApplicationFields
/// ------------               ------------- --------------                         -----------------
/// api-catalog                True          template.scale.maxReplicas
/// api-images                 True          template.scale.maxReplicas
/// orders-worker              True          template.scale.maxReplicas
/// notifications              True          template.scale.maxReplicas
/// reports                    True          template.scale.maxReplicas
/// </code>
/// </example>
/// <output cref="ChangeScope">One for each app; without an app, one for the change as such.</output>
/// <seealso cref="NewAcaRevisionCommand"/>
/// <seealso cref="CompareAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsDiagnostic.Test, "AcaChangeScope", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(ChangeScope))]
public sealed class TestAcaChangeScopeCommand : ScopeCmdlet
{
    /// <summary>The change: a hashtable or an object, JSON as text, or the path of a JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public object? Patch { get; set; }

    /// <summary>The app to hold it against. Without -ResourceGroupName it is looked for in the whole subscription, and must be the only one of its name.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ContainerAppName { get; set; }

    /// <summary>Does nothing: without an app no connection is needed.</summary>
    protected override void BeginProcessing()
    {
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var patch = PatchReader.Read(Patch!, GetUnresolvedProviderPathFromPSPath);
        if (ParameterSetName == ParameterSets.ByName && ContainerAppName is null)
        {
            Run((output, _) => output.EmitAsync(ChangeScopeRules.Of(patch(), null)).AsTask());
            return;
        }

        var azure = Session.Azure;
        foreach (var scope in ParameterSetName == ParameterSets.ByName ? [ScopeOf(ContainerAppName!)] : ScopesOfResourceIds())
        {
            RunFor(scope.AppName, async (output, token) =>
            {
                var body = patch();
                var app = await new AppFinder(azure).FindOneAsync(scope, token).ConfigureAwait(false);
                var document = await azure.GetAppDocumentAsync(app.Id, token).ConfigureAwait(false);
                await output.EmitAsync(ChangeScopeRules.Of(body, document)).ConfigureAwait(false);
            });
        }
    }
}
