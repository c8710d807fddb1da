using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Makes plans of several apps at a time. What fails is reported, and the others go on.</summary>
internal static class PlansInParallel
{
    /// <param name="items">What to make plans of, one item an app.</param>
    /// <param name="idOf">The app of an item.</param>
    /// <param name="make">Makes the plan.</param>
    /// <param name="activity">What the progress bar says is being done.</param>
    /// <param name="throttleLimit">How many apps at once.</param>
    /// <param name="output">Where failures and progress go.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    /// <returns>The plans that were made, in the order of the items.</returns>
    public static async Task<IReadOnlyList<PrunePlan>> MakeAsync<T>(
        IReadOnlyList<T> items, Func<T, ContainerAppId> idOf, Func<T, CancellationToken, Task<PrunePlan>> make, string activity, int throttleLimit,
        IWorkOutput output, CancellationToken cancellationToken)
    {
        var plans = new PrunePlan?[items.Count];
        var done = 0;
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, items.Count), parallelism, async (index, token) =>
        {
            var id = idOf(items[index]);
            await output.GuardAsync(id.Path, async () => plans[index] = await make(items[index], token).ConfigureAwait(false)).ConfigureAwait(false);
            var number = Interlocked.Increment(ref done);
            await output.ProgressAsync(new WorkProgress(activity, $"app {number} of {items.Count}: {id.Name}", 100 * number / items.Count)).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. plans.OfType<PrunePlan>()];
    }
}
