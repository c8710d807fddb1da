using RevisionTools.Changes;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Lowers the limits of inactive revisions that were approved with a prune, after the deactivations.</summary>
internal sealed class RetentionRunner(IContainerApps azure, PruneRunOptions options, IWorkOutput output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private int _heldBack;

    /// <param name="approved">What was approved.</param>
    /// <param name="whyHeldBack">Why the limit of an app is to stay, because of how its deactivations or the run ended; null for no reason.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    /// <returns>How many limits were held back.</returns>
    public async Task<int> RunAsync(IEnumerable<ApprovedPrune> approved, Func<ContainerAppId, string?> whyHeldBack, CancellationToken cancellationToken)
    {
        await AppsInParallel.ForEachAsync(
            approved.Where(prune => prune.Limit is not null), prune => prune.Plan.ResourceId, (prune, token) => ChangeAsync(prune, prune.Limit!, whyHeldBack, token),
            output, cancellationToken).ConfigureAwait(false);
        return _heldBack;
    }

    private async Task ChangeAsync(ApprovedPrune prune, RetentionForecast limit, Func<ContainerAppId, string?> whyHeldBack, CancellationToken cancellationToken)
    {
        if (whyHeldBack(limit.App.Id) is { } why)
        {
            Interlocked.Increment(ref _heldBack);
            await output.WarnAsync($"The limit of inactive revisions of '{limit.App.Name}' stays {limit.Before}: {why}.").ConfigureAwait(false);
            return;
        }

        var changer = new RetentionChanger(azure, keepSince: null, s_patience, output, options.Journal)
        {
            OnlyLowers = true,
            Require = (fresh, forecast) => PlannedRetention.RequireAtCall(prune, fresh, forecast),
            Deadline = options.Deadline,
            Random = options.Random,
        };
        await output.EmitAsync(await changer.ChangeAsync(limit, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
