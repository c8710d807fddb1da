using RevisionTools.Lifecycle;

namespace RevisionTools.Tests.Lifecycle;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("web*", "WEB-shop", true)]
    [InlineData("web*", "my-web", false)]
    [InlineData("web-sho[pq]", "web-shop", true)]
    [InlineData("web-sho[a-c]", "web-shop", false)]
    [InlineData("v?-12", "v2-12", true)]
    [InlineData("v?-12", "v-12", false)]
    [InlineData("v1.*", "v1.2", true)]
    [InlineData("v1.*", "v112", false)]
    [InlineData("a[", "a[", true)]
    [InlineData("a[]b", "a[]b", true)]
    [InlineData("a[\\d]", "a7", false)]
    [InlineData("a[z-a]*", "a[z-a]b", true)]
    [InlineData("a[z-a]*", "ab", false)]
    [InlineData("a+b", "aab", false)]
    [InlineData("web", "web\n", false)]
    public void Names_match_as_in_PowerShell(string pattern, string name, bool matches) => Assert.Equal(matches, NamePattern.Matches(pattern, name));

    [Theory]
    [InlineData("web-shop", false)]
    [InlineData("web*", true)]
    [InlineData("web?", true)]
    [InlineData("web[ab]", true)]
    public void A_wildcard_makes_a_pattern(string text, bool isPattern) => Assert.Equal(isPattern, NamePattern.IsPattern(text));
}
