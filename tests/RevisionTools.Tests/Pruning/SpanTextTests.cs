using RevisionTools.Pruning;

namespace RevisionTools.Tests.Pruning;

public sealed class SpanTextTests
{
    [Theory]
    [InlineData("7d", 7 * 24 * 60)]
    [InlineData("48h", 48 * 60)]
    [InlineData("2d12h", 60 * 60)]
    [InlineData("1w", 7 * 24 * 60)]
    [InlineData("90m", 90)]
    [InlineData("90M", 90)]
    [InlineData("48:00:00", 48 * 60)]
    [InlineData("15:30", (15 * 60) + 30)]
    [InlineData("2.00:00:00", 2 * 24 * 60)]
    [InlineData("-1:00:00", -60)]
    [InlineData("-7d", -7 * 24 * 60)]
    [InlineData(" 7d ", 7 * 24 * 60)]
    public void A_span_with_a_unit_or_as_a_clock_is_read(string text, int minutes)
    {
        Assert.True(SpanText.TryParse(text, out var span));
        Assert.Equal(TimeSpan.FromMinutes(minutes), span);
    }

    [Theory]
    [InlineData("7d", "7d")]
    [InlineData("48h", "2d")]
    [InlineData("2d12h", "2d12h")]
    [InlineData("15:30", "15h30m")]
    [InlineData("1w1s", "7d1s")]
    [InlineData("90.5s", "1m30.5s")]
    [InlineData("0.0000001s", "0.0000001s")]
    [InlineData("-1d6h", "-1d6h")]
    [InlineData("0h", "0s")]
    [InlineData("10675199d2h48m5.4775807s", "10675199d2h48m5.4775807s")]
    public void A_span_is_written_as_people_type_it_and_reads_back_as_the_same(string text, string written)
    {
        Assert.True(SpanText.TryParse(text, out var span));
        Assert.Equal(written, SpanText.Format(span));
        Assert.True(SpanText.TryParse(written, out var again));
        Assert.Equal(span, again);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("10675200d")]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7 days")]
    [InlineData("1:60:00")]
    [InlineData("12h2d")]
    [InlineData("1.5h")]
    [InlineData("99999999d")]
    [InlineData("\u0663d")]
    [InlineData("1\u0663:00")]
    [InlineData("1.\u0663s")]
    public void What_would_have_to_be_guessed_is_refused(string text) => Assert.False(SpanText.TryParse(text, out _));
}
