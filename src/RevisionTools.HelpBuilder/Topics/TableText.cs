using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace RevisionTools.HelpBuilder.Topics;

/// <summary>Writes a table in columns. The last one takes the space that the others leave, and is broken into lines.</summary>
internal static class TableText
{
    private const string Gap = "  ";
    private const int NarrowestLast = 24;

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table, with one line of headings.</param>
    /// <param name="inlines">Reads its cells.</param>
    /// <param name="width">How wide it may be.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="HelpException">The last column would be too narrow to be read.</exception>
    public static IEnumerable<string> Write(Table table, InlineText inlines, int width)
    {
        string[][] rows = [.. table.Cast<TableRow>().Select(row => row.Cast<TableCell>().Select(cell => Text(cell, inlines)).ToArray())];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length))];
        var last = width - widths.Sum(column => column + Gap.Length);
        if (last < NarrowestLast)
        {
            throw new HelpException([$"line {table.Line + 1}: the last column of the table would be {last} wide"]);
        }

        var rules = rows[0].Select(heading => new string('-', heading.Length)).ToArray();
        return new[] { rows[0], rules }.Concat(rows.Skip(1)).SelectMany(row => Write(row, widths, last));
    }

    private static IEnumerable<string> Write(string[] row, int[] widths, int last)
    {
        var start = string.Concat(widths.Select((width, column) => row[column].PadRight(width) + Gap)).Replace(WrappedText.FixedSpace, ' ');
        return WrappedText.Wrap(row[^1], last)
            .Select((line, index) => ((index == 0 ? start : new string(' ', start.Length)) + line).TrimEnd());
    }

    private static string Text(TableCell cell, InlineText inlines) =>
        string.Join(' ', cell.OfType<ParagraphBlock>().Select(inlines.Of));
}
