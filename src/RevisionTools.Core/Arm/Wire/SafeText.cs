using System.Text;

namespace RevisionTools.Arm.Wire;

/// <summary>Makes text of the service harmless for a terminal: it is data, and anybody who can write to Azure can choose it.</summary>
internal static class SafeText
{
    /// <summary>
    /// The text without control characters (C0, DEL, C1) and without characters that reorder what is shown. Line breaks and
    /// tabs become spaces, so that words stay apart.
    /// </summary>
    public static string Clean(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : CleanSlowly(text);

    private static string CleanSlowly(string text)
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
}
