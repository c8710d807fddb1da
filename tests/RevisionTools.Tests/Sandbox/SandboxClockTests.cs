using System.Collections.Concurrent;
using System.Diagnostics;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class SandboxClockTests
{
    private static readonly DateTimeOffset s_start = new(2025, 11, 3, 10, 30, 0, TimeSpan.FromHours(1));
    private static readonly TimeSpan s_realLimit = TimeSpan.FromSeconds(30);
    private readonly SandboxClock _clock = new(s_start);

    [Fact]
    public void The_clock_stands_still_in_utc_until_it_is_advanced()
    {
        Assert.Equal(s_start, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetUtcNow().Offset);

        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(s_start.AddMinutes(5), _clock.GetUtcNow());
    }

    [Fact]
    public void Timestamps_measure_virtual_time()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(TimeSpan.FromSeconds(90), _clock.GetElapsedTime(before));
        Assert.Equal(TimeSpan.TicksPerSecond, _clock.TimestampFrequency);
    }

    [Fact]
    public async Task A_sleeper_makes_the_clock_jump_and_does_not_really_wait()
    {
        var real = Stopwatch.StartNew();

        await Task.Delay(TimeSpan.FromDays(3), _clock);

        Assert.Equal(s_start.AddDays(3), _clock.GetUtcNow());
        Assert.True(real.Elapsed < s_realLimit);
    }

    [Fact]
    public async Task A_jump_happens_on_another_thread_and_never_inside_the_call_that_sleeps()
    {
        var sleep = Task.Delay(TimeSpan.FromSeconds(10), _clock);
        await sleep;

        using var timer = _clock.CreateTimer(_ => Assert.Fail("fired"), null, Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        Assert.Equal(s_start.AddSeconds(10), _clock.GetUtcNow());
    }

    [Fact]
    public async Task Concurrent_sleepers_wake_in_order_of_due_time()
    {
        const int Sleepers = 60;
        ConcurrentQueue<int> woken = new();
        int[] spans = [.. Enumerable.Range(1, Sleepers)];
        new Random(5).Shuffle(spans);
        Task[] sleepers;
        using (HoldTheClock())
        {
            sleepers = [.. spans.Select(Sleep)];
        }

        await Task.WhenAll(sleepers).WaitAsync(s_realLimit);

        Assert.Equal(Enumerable.Range(1, Sleepers), woken);
        Assert.Equal(s_start.AddSeconds(Sleepers), _clock.GetUtcNow());

        async Task Sleep(int seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _clock).ConfigureAwait(false);
            woken.Enqueue(seconds);
        }
    }

    [Fact]
    public async Task Many_workers_that_sleep_again_and_again_all_get_through_and_time_never_goes_back()
    {
        ConcurrentBag<bool> backwards = [];
        Task[] workers = [.. Enumerable.Range(0, 100).Select(seed => Task.Run(() => Work(new Random(seed))))];

        await Task.WhenAll(workers).WaitAsync(s_realLimit);

        Assert.Empty(backwards);
        Assert.True(_clock.GetUtcNow() > s_start);

        async Task Work(Random random)
        {
            var last = _clock.GetUtcNow();
            for (var turn = 0; turn < 50; turn++)
            {
                var span = TimeSpan.FromMilliseconds(random.Next(1, 5000));
                await Task.Delay(span, _clock);
                var now = _clock.GetUtcNow();
                if (now < last + span)
                {
                    backwards.Add(true);
                }

                last = now;
            }
        }
    }

    [Fact]
    public async Task A_sleeper_that_sleeps_again_is_not_overtaken_by_a_longer_sleep()
    {
        Task slow;
        Task<DateTimeOffset> quick;
        using (HoldTheClock())
        {
            slow = Task.Delay(TimeSpan.FromHours(1), _clock);
            quick = SleepAHundredTimes();
        }

        Assert.Equal(s_start.AddSeconds(100), await quick.WaitAsync(s_realLimit));
        await slow.WaitAsync(s_realLimit);
        Assert.Equal(s_start.AddHours(1), _clock.GetUtcNow());

        async Task<DateTimeOffset> SleepAHundredTimes()
        {
            for (var turn = 0; turn < 100; turn++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _clock).ConfigureAwait(false);
            }

            return _clock.GetUtcNow();
        }
    }

    [Fact]
    public async Task A_callback_that_blocks_on_another_sleeper_does_not_stop_the_clock()
    {
        var blocked = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _clock).ConfigureAwait(false);
#pragma warning disable xUnit1031 // Blocking is what is tested.
            return Task.Delay(TimeSpan.FromSeconds(1), _clock).Wait(s_realLimit);
#pragma warning restore xUnit1031
        });

        Assert.True(await blocked.WaitAsync(s_realLimit));
        Assert.Equal(s_start.AddSeconds(2), _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_fires_due_timers_in_order_each_at_its_own_time()
    {
        List<(string Name, double Seconds)> fired = [];
        using (HoldTheClock())
        {
            using var late = _clock.CreateTimer(Note, "late", TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
            using var early = _clock.CreateTimer(Note, "early", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
            using var ticking = _clock.CreateTimer(Note, "tick", TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4));
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([("early", 2), ("tick", 4), ("tick", 8), ("late", 9)], fired);
        Assert.Equal(s_start.AddSeconds(10), _clock.GetUtcNow());

        void Note(object? name) => fired.Add(((string)name!, (_clock.GetUtcNow() - s_start).TotalSeconds));
    }

    [Fact]
    public async Task A_periodic_timer_ticks_without_waiting()
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(1), _clock);

        for (var tick = 0; tick < 5; tick++)
        {
            Assert.True(await timer.WaitForNextTickAsync().AsTask().WaitAsync(s_realLimit));
        }

        Assert.True(_clock.GetUtcNow() >= s_start.AddMinutes(5));
    }

    [Fact]
    public async Task A_time_out_of_a_cancellation_source_jumps_as_well()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMinutes(10), _clock);
        TaskCompletionSource cancelled = new();
        using var registration = source.Token.Register(cancelled.SetResult);

        await cancelled.Task.WaitAsync(s_realLimit);

        Assert.Equal(s_start.AddMinutes(10), _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_time_out_does_not_come_before_a_longer_piece_of_work_that_is_going_on()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMinutes(10), _clock);

        for (var sign = 0; sign < 100; sign++)
        {
            await Task.Yield();
            SpinWait.SpinUntil(() => source.IsCancellationRequested, 2);
            _clock.NoteRequest();
        }

        Assert.Equal(s_start, _clock.GetUtcNow());
    }

    [Fact]
    public void A_time_out_that_is_set_while_the_clock_makes_up_its_mind_is_waited_for_as_well()
    {
        // Long enough apart for the clock to find everything quiet, and to be about to take whatever comes next. Without the lock that it holds
        // then, four runs of six failed.
        for (var turn = 0; turn < 50_000; turn++)
        {
            using (new CancellationTokenSource(TimeSpan.FromSeconds(8), _clock))
            {
                Thread.SpinWait(turn % 50 * 20);
            }

            Thread.SpinWait(turn % 70 * 20);
        }

        Assert.Equal(s_start, _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_cancelled_sleep_ends_and_moves_nothing()
    {
        using CancellationTokenSource source = new();
        var sleep = Task.Delay(Timeout.InfiniteTimeSpan, _clock, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleep);
        Assert.Equal(s_start, _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_changed_timer_fires_at_its_new_time_and_a_disposed_one_never()
    {
        TaskCompletionSource<DateTimeOffset> fired = new();
        var disposed = _clock.CreateTimer(_ => Assert.Fail("fired"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var changed = _clock.CreateTimer(
            _ => fired.TrySetResult(_clock.GetUtcNow()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await disposed.DisposeAsync();

        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.True(changed.Change(TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan));
        Assert.Equal(s_start.AddSeconds(7), await fired.Task.WaitAsync(s_realLimit));
    }

    [Fact]
    public void With_a_rate_the_clock_runs_on_its_own()
    {
        SandboxClock clock = new(s_start, rate: 1_000_000);
        var first = clock.GetUtcNow();

        Assert.True(SpinWait.SpinUntil(() => clock.GetUtcNow() > first.AddSeconds(1), s_realLimit));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SandboxClock(s_start, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SandboxClock(s_start, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(-2), TimeSpan.Zero));
    }

    /// <summary>Keeps the clock from jumping, by a callback that ends only when the result is disposed.</summary>
    private Hold HoldTheClock()
    {
        Hold hold = new();
        hold.Timer = _clock.CreateTimer(_ => hold.Block(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        hold.Entered.Wait(s_realLimit);
        return hold;
    }

    private sealed class Hold : IDisposable
    {
        private readonly ManualResetEventSlim _ended = new();

        internal ManualResetEventSlim Entered { get; } = new();

        internal ITimer? Timer { get; set; }

        public void Dispose()
        {
            _ended.Set();
            Timer?.Dispose();
        }

        internal void Block()
        {
            Entered.Set();
            _ended.Wait(s_realLimit);
        }
    }
}
