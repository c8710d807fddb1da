using System.Diagnostics;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

/// <summary>Somebody sleeps while somebody else works: work takes no virtual time, however often the other one goes back to sleep.</summary>
public sealed class WorkBesideSleepTests : IDisposable
{
    private const int Pieces = 100;

    private static readonly DateTimeOffset s_start = new(2025, 11, 3, 10, 30, 0, TimeSpan.Zero);
    private readonly SandboxClock _clock = new(s_start);
    private readonly HttpClient _client;

    public WorkBesideSleepTests()
    {
        _client = new HttpClient(new ContainerAppsSandbox(_clock) { Throttling = false });
    }

    [Fact]
    public async Task Requests_with_some_thinking_between_them_take_no_time()
    {
        using CancellationTokenSource end = new();
        var sleeper = SleepAsync(end.Token);
        var shifted = await WorkAsync();
        await end.CancelAsync();
        await sleeper;

        // A machine may make anybody think for longer than the clock waits. Without its wait it is every second piece.
        Assert.InRange(shifted, 0, Pieces / 10);
    }

    public void Dispose() => _client.Dispose();

    private async Task SleepAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await AskAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), _clock, CancellationToken.None);
        }
    }

    private async Task<int> WorkAsync()
    {
        var shifted = 0;
        for (var piece = 0; piece < Pieces; piece++)
        {
            var begun = _clock.GetUtcNow();
            for (var request = 0; request < 3; request++)
            {
                await AskAsync();
                Think();
            }

            shifted += _clock.GetUtcNow() == begun ? 0 : 1;
            await Task.Delay(TimeSpan.FromSeconds(1), _clock);
        }

        return shifted;
    }

    private static void Think()
    {
        var begun = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMilliseconds(4));
    }

    private async Task AskAsync()
    {
        using var answer = await _client.GetAsync(new Uri("https://management.azure.com/subscriptions?api-version=2022-12-01"));
    }
}
