using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class WeightNumberTests
{
    [Theory]
    [InlineData(90)]
    [InlineData(90L)]
    [InlineData((byte)90)]
    [InlineData(90.0)]
    [InlineData(90f)]
    [InlineData("90")]
    [InlineData("90.0")]
    public void A_whole_number_is_read_in_whatever_shape_it_comes(object value) => Assert.Equal(90, WeightNumber.Read(value, "v2"));

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(0.5)]
    [InlineData(33.3)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    [InlineData(long.MaxValue)]
    [InlineData("12.5")]
    [InlineData("90%")]
    [InlineData("")]
    [InlineData("many")]
    [InlineData(true)]
    public void What_is_not_whole_or_out_of_range_is_refused_by_the_targets_name(object? value)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => WeightNumber.Read(value, "v2"));

        Assert.Equal(FailureKind.InvalidTrafficWeight, failure.Kind);
        Assert.Contains("'v2'", failure.Message, StringComparison.Ordinal);
    }
}
