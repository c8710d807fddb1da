using System.Text;

namespace RevisionTools;

/// <summary>Makes text of the service plain text in Markdown, whatever it looks like.</summary>
internal static class MarkdownText
{
    private const string Markup = "\\`*_{}[]<>#|~&$!@";

    /// <summary>The text with every character escaped that could be markup, on one line.</summary>
    public static string Plain(string text)
    {
        var clean = SafeText.Clean(text);
        var plain = new StringBuilder(clean.Length);
        for (var index = 0; index < clean.Length; index++)
        {
            if (Markup.Contains(clean[index], StringComparison.Ordinal) || IsInHostName(clean, index))
            {
                plain.Append('\\');
            }

            plain.Append(clean[index]);
        }

        return plain.Replace("://", ":\\/\\/").Replace("www.", "www\\.").ToString();
    }

    // Some readers make links of addresses and of bare host names without any markup.
    private static bool IsInHostName(string text, int index) =>
        text[index] == '.' && index > 0 && index + 1 < text.Length && char.IsLetterOrDigit(text[index - 1]) && char.IsLetter(text[index + 1]);
}
