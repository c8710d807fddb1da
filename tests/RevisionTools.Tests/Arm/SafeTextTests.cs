using FsCheck;
using FsCheck.Fluent;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Tests.Arm;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße, 東京 🚀", "Grüße, 東京 🚀")]
    [InlineData("a\u001b]0;title\u0007b", "a]0;titleb")]
    [InlineData("a\u009b31mb", "a31mb")]
    [InlineData("a\u007fb", "ab")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u202eb\u2066c\u200fd\u061ce", "abcde")]
    [InlineData("", "")]
    public void Control_and_reordering_characters_go(string text, string expected) => Assert.Equal(expected, SafeText.Clean(text));

    [Fact]
    public void Clean_text_has_no_control_character_and_stays_as_it_is() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20251120, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            {
                var clean = SafeText.Clean(text ?? "");
                return !clean.Any(char.IsControl) && SafeText.Clean(clean) == clean;
            }));
}
