using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>
/// What completion has read lately, for one connection: whoever holds the Tab key asks the same again and again. Only what was read to its
/// end is kept.
/// </summary>
internal sealed class CompletionCache(TimeProvider clock)
{
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(30);

    private ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is kept under the key, else what is read now.</summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        string key, Func<CancellationToken, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is forgotten during the reading stays forgotten: it goes into the dictionary that was thrown away.
        var entries = _entries;
        if (Find(entries, key) is IReadOnlyList<T> kept)
        {
            foreach (var item in kept)
            {
                yield return item;
            }

            yield break;
        }

        List<T> items = [];
        await foreach (var item in read(cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
            yield return item;
        }

        entries[key] = new Entry(clock.GetUtcNow(), items);
    }

    /// <summary>Forgets everything, since something may have changed.</summary>
    public void Forget() => _entries = new(StringComparer.OrdinalIgnoreCase);

    private object? Find(ConcurrentDictionary<string, Entry> entries, string key)
    {
        foreach (var old in entries.Where(entry => clock.GetUtcNow() - entry.Value.Time >= s_life).ToList())
        {
            entries.TryRemove(old);
        }

        return entries.TryGetValue(key, out var entry) ? entry.Items : null;
    }

    private sealed record Entry(DateTimeOffset Time, object Items);
}
