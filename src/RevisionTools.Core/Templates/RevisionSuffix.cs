using System.Security.Cryptography;
using System.Text;
using RevisionTools.Lifecycle;

namespace RevisionTools.Templates;

/// <summary>What Azure takes as the suffix of a revision, and how one is made of any text.</summary>
/// <remarks>ARM-FACTS 4.1 and 6.</remarks>
internal static class RevisionSuffix
{
    /// <summary>The app's name, two dashes and the suffix together are no longer than this.</summary>
    private const int LongestName = 54;

    private const int HashLength = 8;

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRevisionSuffix"/>, with the rule and a suffix that would do.</exception>
    public static void Check(string appName, string suffix)
    {
        if (BrokenRule(appName, suffix) is { } rule)
        {
            var proposal = TryMake(appName, suffix) is { } legal ? $" '{legal}' would do." : "";
            throw new RevisionToolsException(FailureKind.InvalidRevisionSuffix, $"Azure would not take '{suffix}' as a suffix of a revision of '{appName}': {rule}.{proposal}");
        }
    }

    /// <summary>A suffix out of a commit, a build id or the like.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRevisionSuffix"/> where nothing in the text could stand in one.</exception>
    public static string Make(string appName, string text) => TryMake(appName, text)
        ?? throw new RevisionToolsException(
            FailureKind.InvalidRevisionSuffix, $"No suffix can be made of '{text}' for a revision of '{appName}': it has neither letters nor digits, or the app's name leaves no room.");

    /// <summary>The rule that the suffix breaks, in words; null when Azure takes it.</summary>
    public static string? BrokenRule(string appName, string suffix) => suffix switch
    {
        "" => "it is empty",
        _ when suffix.Any(character => !IsLegal(character)) => "only lower-case letters a to z, digits and '-' may be in it",
        _ when !char.IsAsciiLetterLower(suffix[0]) => "it must begin with a letter",
        _ when suffix[^1] == '-' => "it must end with a letter or a digit",
        _ when suffix.Contains("--", StringComparison.Ordinal) => "it must not have two '-' in a row",
        _ when RevisionNames.Full(appName, suffix).Length > LongestName => $"'{RevisionNames.Full(appName, suffix)}' is longer than {LongestName} characters",
        _ => null,
    };

    private static string? TryMake(string appName, string text)
    {
        var suffix = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            var legal = IsLegal(character) ? character : '-';
            if (legal != '-' || (suffix.Length > 0 && suffix[^1] != '-'))
            {
                suffix.Append(legal);
            }
        }

        if (suffix.Length > 0 && !char.IsAsciiLetterLower(suffix[0]))
        {
            suffix.Insert(0, 'r');
        }

        var made = Fit(suffix.ToString().TrimEnd('-'), LongestName - RevisionNames.Full(appName, "").Length, text);
        return BrokenRule(appName, made) is null ? made : null;
    }

    /// <summary>
    /// What is too long keeps its end, in which builds differ as a rule, and gets a short hash of the whole text, so that two
    /// texts that only begin otherwise do not get one suffix.
    /// </summary>
    private static string Fit(string suffix, int room, string text)
    {
        var kept = room - HashLength - 1;
        if (suffix.Length <= room || kept < 1)
        {
            return suffix;
        }

        // The beginning of a commit's hash is what people look for, and no two share a long one.
        if (text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit))
        {
            return suffix[..room];
        }

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength].ToLowerInvariant();
        var end = suffix[^kept..].TrimStart('-');
        end = char.IsAsciiLetterLower(end[0]) ? end : $"r{end[Math.Max(0, end.Length - kept + 1)..]}";
        return $"{end}-{hash}";
    }

    private static bool IsLegal(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';
}
