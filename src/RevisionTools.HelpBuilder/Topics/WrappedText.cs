namespace RevisionTools.HelpBuilder.Topics;

/// <summary>Breaks text into lines between words.</summary>
internal static class WrappedText
{
    /// <summary>A space at which no line is broken.</summary>
    public const char FixedSpace = '\u00a0';

    /// <summary>Breaks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How wide a line may be; a longer word has a line of its own.</param>
    /// <returns>The lines; one at least.</returns>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length == 0)
            {
                lines[^1] = word;
            }
            else if (lines[^1].Length + 1 + word.Length <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return [.. lines.Select(line => line.Replace(FixedSpace, ' '))];
    }
}
