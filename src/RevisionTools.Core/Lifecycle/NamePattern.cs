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
    public static bool Matches(string? pattern, string name) => pattern is null || Regex.IsMatch(name, ToRegex(pattern), Options);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var index = 0; index < pattern.Length; index++)
        {
            var end = pattern[index] == '[' ? pattern.IndexOf(']', index + 1) : -1;
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
