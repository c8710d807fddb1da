using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Changes several apps, a few at a time. One that fails is reported, and the others go on.</summary>
internal static class AppsInParallel
{
    /// <param name="items">What is to be done, one item an app.</param>
    /// <param name="idOf">The Azure resource id of an item's app.</param>
    /// <param name="change">Does it.</param>
    /// <param name="output">Where failures go.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.AuthenticationFailed"/>, which the others would meet too.</exception>
    public static Task ForEachAsync<T>(
        IEnumerable<T> items, Func<T, string> idOf, Func<T, CancellationToken, Task> change, IWorkOutput output, CancellationToken cancellationToken)
    {
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = ReadAhead.AppsAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(items, parallelism, async (item, token) =>
            await output.GuardAsync(idOf(item), () => change(item, token)).ConfigureAwait(false));
    }
}
