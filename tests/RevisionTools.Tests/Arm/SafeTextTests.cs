using FsCheck;
using FsCheck.Fluent;

namespace RevisionTools.Tests.Arm;

public sealed class SafeTextTests
{
    private static readonly Gen<string> s_pieces = Gen
        .Elements("#", "##", "vso[", "VSO[", "vs", "o", "[", "]", "\u0000", "\u001b", "\u0085", "\u200f", "\r\n", "\t", " ", "a", "Z")
        .ListOf().Select(string.Concat);

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

    [Theory]
    [InlineData("##vso[task.setvariable variable=x]y", "## vso[task.setvariable variable=x]y")]
    [InlineData("a ##[error]b", "a ## [error]b")]
    [InlineData("####VsO[x]##vso[y]", "#### VsO[x]## vso[y]")]
    [InlineData("#\u001b#v\u0000so\u200f[x", "## vso[x")]
    [InlineData("## Heading #1 ##vso ##", "## Heading #1 ##vso ##")]
    public void No_command_to_a_pipeline_stays(string text, string expected) => Assert.Equal(expected, SafeText.Clean(text));

    [Fact]
    public void No_text_of_the_pieces_of_a_command_becomes_one() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20251120, 3).WithMaxTest(2000),
            Prop.ForAll(s_pieces.ToArbitrary(), text =>
            {
                var clean = SafeText.Clean(text);
                return !clean.Contains("##vso[", StringComparison.OrdinalIgnoreCase)
                    && !clean.Contains("##[", StringComparison.Ordinal)
                    && WithoutSpaces(clean) == WithoutSpaces(text)
                    && SafeText.Clean(clean) == clean;
            }));

    [Theory]
    [InlineData("one", "one")]
    [InlineData(" \r\n one \u001b[1m \r\n two", "one [1m")]
    [InlineData("#\u0000#[x\n", "## [x")]
    [InlineData("\n", "")]
    public void The_first_line_is_the_first_that_is_not_empty(string text, string expected) => Assert.Equal(expected, SafeText.FirstLine(text));

    [Fact]
    public void Clean_text_has_no_control_character_and_stays_as_it_is() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20251120, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            {
                var clean = SafeText.Clean(text ?? "");
                return !clean.Any(char.IsControl) && SafeText.Clean(clean) == clean;
            }));

    private static string WithoutSpaces(string text) =>
        string.Concat(text.Where(character => !char.IsControl(character) && character is not (' ' or '\u200f')));
}
