using FsCheck;
using FsCheck.Fluent;
using RevisionTools.HelpBuilder;
using RevisionTools.HelpBuilder.Topics;

namespace RevisionTools.Tests.HelpBuilder.Topics;

public sealed class TopicPageTests
{
    private static readonly Uri s_address = new("https://example.org/docs/about/about_Things.md");

    [Fact]
    public void A_page_becomes_a_text_as_PowerShell_has_them() =>
        Assert.Equal(
            """
            TOPIC
                about_Things

            SHORT DESCRIPTION
                All about things.

            LONG DESCRIPTION
                Things are what there is. Some of them are lamps, and others are not, which
                Get-FixtureThing -Depth Deep tells apart.

              KINDS OF THINGS
                kind  what it is
                ----  ----------
                lamp  gives light; one that is broken gives none, and has to be mended
                      before night falls
                desk  has a top

                - one
                - two, of which there is more to say than fits on a line of a text that is
                  read in a terminal

                    Get-FixtureThing lamp |
                        Sort-Object

            EXAMPLES
                1. First.
                2. Second.

            SEE ALSO
                - Get-FixtureThing
                - The guide (https://example.org/docs/guide.md)
                - https://example.org

            """,
            Write("""
                # about_Things

                All about *things*.

                Things are what there is. Some of them are
                lamps, and others are not, which `Get-FixtureThing -Depth Deep` tells apart.

                ## Kinds of things

                | kind | what it is |
                | --- | --- |
                | `lamp` | gives light; one that is broken gives none, and has to be mended before night falls |
                | `desk` | has a top |

                - one
                - two, of which there is more to say than fits on a line of a text that is read in a terminal

                ```powershell
                Get-FixtureThing lamp |
                    Sort-Object
                ```

                ## Examples

                1. First.
                2. Second.

                ## See also

                - [Get-FixtureThing](../commands/Get-FixtureThing.md)
                - [The guide](../guide.md)
                - <https://example.org>
                """));

    [Theory]
    [InlineData("Text.", "about_Things: the page does not begin with a heading that is its name, and a short description")]
    [InlineData("# about_Others\n\nText.", "about_Things: the page does not begin with a heading that is its name, and a short description")]
    [InlineData("# about_Things\n\nOne. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten. Eleven. Twelve. Thirteen.", "about_Things: the short description is longer than a line")]
    [InlineData("# about_Things\n\nText.\n\n> Quote", "about_Things: line 5: QuoteBlock has no form in a text")]
    [InlineData("# about_Things\n\nText.\n\nTwo <b>x</b>", "about_Things: line 5: HtmlInline has no form in a text")]
    [InlineData("# about_Things\n\nText.\n\nA caf\u00e9.", "about_Things: not plain ASCII: A caf\u00e9.")]
    public void What_does_not_fit_is_named(string markdown, string fault) =>
        Assert.Equal([fault], Assert.Throws<HelpException>(() => Write(markdown)).Messages);

    [Fact]
    public void Code_that_is_too_wide_is_named() =>
        Assert.StartsWith(
            "about_Things: wider than 80 columns: xxx",
            Assert.Throws<HelpException>(() => Write($"# about_Things\n\nText.\n\n```\n{new string('x', 73)}\n```")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_table_without_room_for_its_last_column_is_named() =>
        Assert.Equal(
            ["about_Things: line 5: the last column of the table would be 14 wide"],
            Assert.Throws<HelpException>(() => Write($"# about_Things\n\nText.\n\n| {new string('x', 60)} | y |\n| --- | --- |\n| a | b |")).Messages);

    [Fact]
    public void Wrapping_keeps_all_words_in_order_and_no_line_is_wider_than_it_may_be() =>
        Prop.ForAll(Words().ToArbitrary(), words =>
        {
            var lines = WrappedText.Wrap(string.Join(' ', words), 30);
            return lines.All(line => line.Length <= 30) && string.Join(' ', lines).Split(' ').SequenceEqual(words);
        }).QuickCheckThrowOnFailure();

    private static Gen<string[]> Words() =>
        Gen.Choose(1, 30).Select(length => new string('x', length)).NonEmptyListOf().Select(words => words.ToArray());

    private static string Write(string markdown) => TopicPage.Read("about_Things", markdown, s_address).Text;
}
