using System.Runtime.CompilerServices;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Completion;

public sealed class CompletionCacheTests
{
    private readonly ManualClock _clock = new();
    private readonly CompletionCache _cache;
    private int _reads;

    public CompletionCacheTests() => _cache = new CompletionCache(_clock);

    [Fact]
    public async Task What_was_read_is_used_again_for_thirty_seconds()
    {
        Assert.Equal(["1a", "1b"], await ReadAsync("x"));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["1a", "1b"], await ReadAsync("X"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["2a", "2b"], await ReadAsync("x"));
    }

    [Fact]
    public async Task Each_key_is_read_for_itself()
    {
        await ReadAsync("x");

        Assert.Equal(["2a", "2b"], await ReadAsync("y"));
    }

    [Fact]
    public async Task What_is_forgotten_is_read_anew()
    {
        await ReadAsync("x");
        _cache.Forget();

        Assert.Equal(["2a", "2b"], await ReadAsync("x"));
    }

    [Fact]
    public async Task What_is_forgotten_while_it_is_read_is_not_kept()
    {
        await foreach (var _ in _cache.ReadAsync("x", SourceAsync, CancellationToken.None))
        {
            _cache.Forget();
        }

        Assert.Equal(["2a", "2b"], await ReadAsync("x"));
    }

    [Fact]
    public async Task What_was_not_read_to_its_end_is_not_kept()
    {
        await foreach (var _ in _cache.ReadAsync("x", SourceAsync, CancellationToken.None))
        {
            break;
        }

        Assert.Equal(["2a", "2b"], await ReadAsync("x"));
    }

    private Task<List<string>> ReadAsync(string key) => _cache.ReadAsync(key, SourceAsync, CancellationToken.None).ToListAsync();

    private async IAsyncEnumerable<string> SourceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = ++_reads;
        yield return $"{read}a";
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return $"{read}b";
    }
}
