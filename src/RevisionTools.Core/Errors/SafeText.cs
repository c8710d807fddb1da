using System.Text;
using System.Text.RegularExpressions;

namespace RevisionTools;

/// <summary>
/// Makes text of the service harmless for a terminal and for the log of a pipeline: it is data, and anybody who can write to
/// Azure can choose it.
/// </summary>
internal static partial class SafeText
{
    /// <summary>
    /// The text without control characters (C0, DEL, C1) and without characters that reorder what is shown. Line breaks and
    /// tabs become spaces, so that words stay apart. What Azure DevOps would take for a command to its agent
    /// (<c>##vso[</c>, <c>##[</c>, in any case) gets a space after <c>##</c>, also where characters stand in between that a
    /// comparison by culture, as the agent's is one, passes over.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : WithoutHarm(text);
        return clean.Contains('#', StringComparison.Ordinal) ? CommandStart().Replace(clean, "$0 ") : clean;
    }

    /// <summary>The first line of the text that is not empty, clean.</summary>
    public static string FirstLine(string text)
    {
        var lines = text.AsSpan().Trim();
        var end = lines.IndexOfAny('\r', '\n');
        return Clean((end < 0 ? lines : lines[..end]).TrimEnd().ToString());
    }

    /// <summary>The text with a full stop at its end, so that another sentence can follow.</summary>
    public static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : $"{text}.";

    private static string WithoutHarm(string text)
    {
        if (!text.Any(character => IsBreak(character) || IsHarmful(character)))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsBreak(character))
            {
                clean.Append(' ');
            }
            else if (!IsHarmful(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString();
    }

    private static bool IsBreak(char character) => character is '\t' or '\r' or '\n' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Which characters are passed over differs from machine to machine: here all are that are not plain ASCII.
    [GeneratedRegex(
        @"#[^ -~]*#(?=[^ -~]*(v[^ -~]*s[^ -~]*o[^ -~]*)?\[)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandStart();
}
