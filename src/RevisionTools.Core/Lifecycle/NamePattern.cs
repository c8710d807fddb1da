using System.Text;
using System.Text.RegularExpressions;

namespace RevisionTools.Lifecycle;

/// <summary>Names with PowerShell's wildcards: <c>*</c>, <c>?</c> and <c>[a-c]</c>. Case does not count. Core knows no PowerShell, so they are read here.</summary>
internal static class NamePattern
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    /// <summary>Whether the text asks for whatever matches, and not for one name that must exist.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>Whether a name matches; null matches all.</summary>
    public static bool Matches(string? pattern, string name)
    {
        if (pattern is null)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(name, ToRegex(pattern, withSets: true), Options);
        }
        catch (RegexParseException)
        {
            // A set such as [z-a] has no meaning, so its characters stand for themselves.
            return Regex.IsMatch(name, ToRegex(pattern, withSets: false), Options);
        }
    }

    private static string ToRegex(string pattern, bool withSets)
    {
        var regex = new StringBuilder(@"\A");
        for (var index = 0; index < pattern.Length; index++)
        {
            var end = withSets && pattern[index] == '[' ? pattern.IndexOf(']', index + 1) : -1;
            if (end > index + 1)
            {
                regex.Append('[').Append(Regex.Replace(pattern[(index + 1)..end], @"[\\^\[]", @"\$0")).Append(']');
                index = end;
            }
            else
            {
                regex.Append(pattern[index] switch { '*' => ".*", '?' => ".", var other => Regex.Escape(other.ToString()) });
            }
        }

        return regex.Append(@"\z").ToString();
    }
}
