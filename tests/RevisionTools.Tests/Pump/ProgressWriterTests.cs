using RevisionTools.Cmdlets.Pump;
using RevisionTools.Sandbox;
using RevisionTools.Work;

namespace RevisionTools.Tests.Pump;

public sealed class ProgressWriterTests
{
    private readonly SandboxClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly Screen _screen = new();

    [Fact]
    public void What_is_over_within_a_second_shows_nothing_and_asks_the_host_nothing()
    {
        var writer = new ProgressWriter(_clock, _screen);
        writer.Write(At(1));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        writer.Write(At(2));
        writer.Complete();

        Assert.Empty(_screen.Shown);
        Assert.Equal(0, _screen.Asked);
    }

    [Fact]
    public void A_bar_is_drawn_five_times_a_second_at_most_and_taken_away_once()
    {
        var writer = new ProgressWriter(_clock, _screen);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 100; number++)
        {
            writer.Write(At(number));
            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        writer.Complete();
        writer.Complete();

        Assert.Equal(["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "Done!"], _screen.Shown);
        Assert.Equal(1, _screen.Asked);
    }

    [Fact]
    public void A_host_without_a_screen_is_left_alone()
    {
        _screen.IsThere = false;
        var writer = new ProgressWriter(_clock, _screen);
        _clock.Advance(TimeSpan.FromSeconds(2));
        writer.Write(At(1));
        writer.Write(At(2));
        writer.Complete();

        Assert.Empty(_screen.Shown);
    }

    [Fact]
    public void A_host_that_takes_no_progress_is_tried_once()
    {
        _screen.Takes = false;
        var writer = new ProgressWriter(_clock, _screen);
        for (var number = 0; number < 3; number++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            writer.Write(At(number));
        }

        Assert.Equal(["0"], _screen.Shown);
    }

    private static WorkProgress At(int number) => new("Working", $"{number}", number);

    private sealed class Screen : IProgressScreen
    {
        private bool _isThere = true;

        public List<string> Shown { get; } = [];

        public int Asked { get; private set; }

        public bool Takes { get; set; } = true;

        public bool IsThere
        {
            get
            {
                Asked++;
                return _isThere;
            }
            set => _isThere = value;
        }

        public bool TryShow(WorkProgress progress, bool isDone)
        {
            Shown.Add(isDone ? progress.Status + "!" : progress.Status);
            return Takes;
        }
    }
}
