namespace RevisionTools.Lifecycle;

/// <summary>Lets go of work that takes too long, such as a read that Azure does not answer or asks to have patience with.</summary>
internal static class TimeLimit
{
    /// <summary>How long work may take that begins when the time is up, or nearly so.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(3);

    /// <summary>The limit of a look that begins with so much time left: enough for an answer even at the very end.</summary>
    public static TimeSpan ForLook(TimeSpan left) => left > s_least ? left : s_least;

    /// <summary>What comes of the work; null where the time was up first. A cancellation by the caller stays one.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">How long it may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends it as cancelled.</param>
    public static async Task<T?> WithinAsync<T>(
        TimeProvider time, TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        using var end = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
