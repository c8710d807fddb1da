using RevisionTools.ModulePacker;
using RevisionTools.ModulePacker.Manifest;

namespace RevisionTools.Tests.ModulePacker;

public sealed class DataFileReaderTests
{
    [Fact]
    public void Tables_lists_and_text_are_read()
    {
        var table = DataFileReader.Read("""
            # A manifest may begin with a comment
            @{
                Name = 'it''s # no comment'; Empty = @()   # the end of a line
                List = @('a', 'b'
                    'c')
                Lines = 'first
            second'
                PrivateData = @{ PSData = @{ Tags = @( 'x' ) } }
            }
            """.ReplaceLineEndings("\n"));

        Assert.Equal("it's # no comment", table["name"]);
        Assert.Empty(Assert.IsType<List<object>>(table["Empty"]));
        Assert.Equal(["a", "b", "c"], Assert.IsType<List<object>>(table["List"]));
        Assert.Equal("first\nsecond", table["Lines"]);
        var inner = Assert.IsType<Dictionary<string, object>>(Assert.IsType<Dictionary<string, object>>(table["PrivateData"])["PSData"]);
        Assert.Equal(["x"], Assert.IsType<List<object>>(inner["Tags"]));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("'text'", 1)]
    [InlineData("@{ A = 'a'", 1)]
    [InlineData("@{\n A = \"$x\"\n}", 2)]
    [InlineData("@{\n A = 1\n}", 2)]
    [InlineData("@{\n A = 'a'\n A = 'b'\n}", 3)]
    [InlineData("@{\n A = @( 'a'\n}", 3)]
    [InlineData("@{\n A = 'a'\n}\n@{}", 3)]
    public void Anything_else_is_refused_with_its_line(string text, int line)
    {
        var exception = Assert.Throws<PackingException>(() => DataFileReader.Read(text));
        Assert.Contains($"near line {line}:", exception.Message, StringComparison.Ordinal);
    }
}
