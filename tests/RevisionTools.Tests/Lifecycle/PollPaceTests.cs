using RevisionTools.Lifecycle;

namespace RevisionTools.Tests.Lifecycle;

public sealed class PollPaceTests
{
    private readonly PollPace _pace = new(new Random(1));

    [Fact]
    public void One_look_comes_every_three_to_four_seconds_and_not_always_after_the_same()
    {
        using var place = _pace.Enter(1);
        var pauses = Enumerable.Range(0, 50).Select(_ => _pace.Next().TotalSeconds).ToList();

        Assert.All(pauses, pause => Assert.InRange(pause, 3, 4));
        Assert.True(pauses.Distinct().Count() > 10);
        Assert.Equal(TimeSpan.Zero, place.FirstLook);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(100, 1)]
    [InlineData(100, 3)]
    public void All_together_stay_at_a_few_reads_a_second(int count, int reads)
    {
        for (var index = 0; index < count; index++)
        {
            _ = _pace.Enter(reads);
        }

        Assert.InRange(count * reads / _pace.Next().TotalSeconds, 0, 3.4);
    }

    [Fact]
    public void It_quickens_when_the_others_are_done()
    {
        var others = Enumerable.Range(0, 100).Select(_ => _pace.Enter(1)).ToList();
        Assert.True(_pace.Next() > TimeSpan.FromSeconds(30));

        others.ForEach(other => other.Dispose());

        Assert.True(_pace.Next() <= TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Very_many_do_not_all_begin_at_once()
    {
        var first = Enumerable.Range(0, 300).Select(_ => _pace.Enter(1).FirstLook).ToList();

        Assert.All(first.Take(31), delay => Assert.Equal(TimeSpan.Zero, delay));
        Assert.InRange(first[^1].TotalSeconds, 80, 100);
        Assert.Equal(first.Order(), first);
    }
}
