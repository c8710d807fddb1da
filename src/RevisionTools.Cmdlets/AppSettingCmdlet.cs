using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>What the cmdlets that set something of whole apps have in common: apps by pipeline, and that one that fails does not stop the others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AppSettingCmdlet : AppTargetCmdlet
{
    /// <summary>The apps, as Get-AcaApp gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public ContainerApp[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    private protected override IEnumerable<AppScope> Scopes() =>
        ParameterSetName == ParameterSets.ByInputObject ? ScopesOf(InputObject, AppScope.OfApp) : base.Scopes();

    /// <summary>An app as prompts name it.</summary>
    private protected static string Target(ContainerApp app) => $"{app.Name} ({app.ResourceGroupName})";

    /// <summary>Carries out what was agreed to, a few apps at a time, and writes what each comes to.</summary>
    private protected void CarryOut<TPlan, TResult>(
        IReadOnlyList<TPlan> approved, Func<TPlan, string> idOf, Func<TPlan, IWorkOutput, CancellationToken, Task<TResult>> change)
        where TResult : notnull
    {
        if (approved.Count > 0)
        {
            Run((output, token) => AppsInParallel.ForEachAsync(
                approved, idOf, async (plan, item) => await output.EmitAsync(await change(plan, output, item).ConfigureAwait(false)).ConfigureAwait(false), output, token));
        }
    }
}
