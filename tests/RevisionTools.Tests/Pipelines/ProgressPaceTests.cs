using RevisionTools.Pipelines;
using RevisionTools.Tests.Support;
using RevisionTools.Work;

namespace RevisionTools.Tests.Pipelines;

public sealed class ProgressPaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_line_comes_when_the_percent_has_changed_and_five_seconds_have_passed()
    {
        var pace = new ProgressPace(_clock);
        Assert.Equal("0:-,3:-,6:20,9:-,12:40,15:-,18:-,21:90,24:-", string.Join(',', Told(pace, 10, 20, 20, 30, 40, 40, 40, 90, null)));
    }

    [Fact]
    public void A_phase_that_begins_anew_is_news()
    {
        var pace = new ProgressPace(_clock);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pace.Lets(Progress(100)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pace.Lets(Progress(0)));
    }

    private IEnumerable<string> Told(ProgressPace pace, params int?[] percents)
    {
        foreach (var percent in percents)
        {
            yield return $"{(int)_clock.Elapsed.TotalSeconds}:{(pace.Lets(Progress(percent)) ? $"{percent}" : "-")}";
            _clock.Advance(TimeSpan.FromSeconds(3));
        }
    }

    private static WorkProgress Progress(int? percent) => new("Pruning", "here", percent);
}
