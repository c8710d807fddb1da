using System.Runtime.CompilerServices;

namespace RevisionTools.Lifecycle;

/// <summary>Reads several things at a time and hands them on in the order of their source.</summary>
internal static class ReadAhead
{
    /// <summary>How many apps are worked on at a time.</summary>
    public const int AppsAtOnce = 4;

    /// <summary>The same for what is known from the start.</summary>
    public static IAsyncEnumerable<TResult> InOrderAsync<TItem, TResult>(
        IEnumerable<TItem> source, int ahead, Func<TItem, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken) =>
        InOrderAsync(OneByOneAsync(source), ahead, read, cancellationToken);

    /// <param name="source">What to read.</param>
    /// <param name="ahead">How many reads may be under way at once.</param>
    /// <param name="read">Reads one; it may not fail but by cancellation.</param>
    /// <param name="cancellationToken">Ends the reading; so does leaving the loop.</param>
    public static async IAsyncEnumerable<TResult> InOrderAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> source, int ahead, Func<TItem, CancellationToken, Task<TResult>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in source.WithCancellation(leaving.Token).ConfigureAwait(false))
            {
                running.Enqueue(read(item, leaving.Token));
                if (running.Count >= ahead)
                {
                    var first = running.Dequeue();
                    yield return await first.ConfigureAwait(false);
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async IAsyncEnumerable<T> OneByOneAsync<T>(IEnumerable<T> source)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var item in source)
        {
            yield return item;
        }
    }
}
