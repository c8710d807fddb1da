using RevisionTools.Changes;
using RevisionTools.Work;

namespace RevisionTools.Traffic;

/// <summary>Carries out approved traffic plans, a few apps at a time, and streams what came of each.</summary>
internal sealed class TrafficChanger(IContainerApps azure, TimeSpan patience, IWorkOutput output)
{
    /// <param name="plans">One plan for each app.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    public Task RunAsync(IEnumerable<TrafficPlan> plans, CancellationToken cancellationToken) =>
        AppsInParallel.ForEachAsync(plans, plan => plan.App.ResourceId, ApplyAsync, output, cancellationToken);

    private async Task ApplyAsync(TrafficPlan plan, CancellationToken cancellationToken)
    {
        var options = new AppUpdateOptions
        {
            Activity = "Setting traffic",
            Patience = patience,
            IsMeant = name => plan.GoingDown.Contains(name, StringComparer.OrdinalIgnoreCase),
        };
        var update = await new AppUpdater(azure, options, output).ApplyAsync(plan.App.Id, plan.PatchFor, cancellationToken).ConfigureAwait(false);
        await ReportAsync(plan, plan.Outcome(update), update.SideEffects).ConfigureAwait(false);
    }

    private async Task ReportAsync(TrafficPlan plan, TrafficChange change, IReadOnlyList<string> sideEffects)
    {
        if (change.ChangedByOthers.Count > 0)
        {
            await output.WarnAsync($"The traffic of '{plan.App.Name}' was moved by somebody else meanwhile: {SafeText.Clean(string.Join("; ", change.ChangedByOthers))}.").ConfigureAwait(false);
        }

        foreach (var effect in sideEffects)
        {
            await output.WarnAsync($"The app '{plan.App.Name}': {effect}.").ConfigureAwait(false);
        }

        await output.EmitAsync(change).ConfigureAwait(false);
    }
}
