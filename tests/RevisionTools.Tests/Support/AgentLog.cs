using System.Text;

namespace RevisionTools.Tests.Support;

/// <summary>
/// Reads the output of a step as the agent of Azure Pipelines does: line by line, a command may stand anywhere in a line, and values are
/// unescaped. The agent looks for its start by culture, which passes over characters that sort as nothing, and which these are differs from
/// machine to machine: here any that is not plain ASCII is passed over, case is too, and a line ends wherever anybody might say it does.
/// </summary>
internal static class AgentLog
{
    private static readonly char[] s_lineEnds = ['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];

    /// <summary>The commands in the output; one that the agent would stumble over is an exception.</summary>
    public static IReadOnlyList<AgentCommand> Commands(string output) => [.. Lines(output).Select(Parse).OfType<AgentCommand>()];

    /// <summary>The lines that the page of a log formats: groups, sections and the like.</summary>
    public static IReadOnlyList<string> Formats(string output) => [.. Lines(output).Where(line => Find(line, "##[").Start >= 0)];

    /// <summary>Whether there is anything in the text that is more than text.</summary>
    public static bool IsPlain(string text) => Commands(text).Count == 0 && Formats(text).Count == 0;

    private static string[] Lines(string output) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(output)).Split(s_lineEnds);

    private static AgentCommand? Parse(string line)
    {
        var (start, after) = Find(line, "##vso[");
        if (start < 0)
        {
            return null;
        }

        var head = line[after..];
        var end = head.IndexOf(']', StringComparison.Ordinal);
        Assert.True(end >= 0, $"A command without an end: {line}");
        var (name, properties) = SplitOnce(head[..end], ' ');
        var (area, action) = SplitOnce(name, '.');
        return new AgentCommand(
            area,
            action,
            properties.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(property => SplitOnce(property, '='))
                .ToDictionary(pair => pair.Left, pair => Unescape(pair.Right), StringComparer.OrdinalIgnoreCase),
            Unescape(head[(end + 1)..]));
    }

    /// <summary>Where a text begins in a line, and where it has ended.</summary>
    private static (int Start, int End) Find(string line, string wanted)
    {
        var places = Enumerable.Range(0, line.Length).Where(place => line[place] is >= ' ' and <= '~').ToList();
        var start = string.Concat(places.Select(place => line[place])).IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? (-1, -1) : (places[start], places[start + wanted.Length - 1] + 1);
    }

    private static (string Left, string Right) SplitOnce(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");

    // The percent sign is the last one, and has a longer escape than one would think.
    private static string Unescape(string text) => text
        .Replace("%3B", ";", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal)
        .Replace("%5D", "]", StringComparison.Ordinal).Replace("%AZP25", "%", StringComparison.Ordinal);
}
