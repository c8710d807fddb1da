using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>What the service accepts as the name of a new app.</summary>
internal static partial class AppNameRules
{
    private const int Longest = 32;

    // unconfirmed: all recorded names fit; that others are refused, and in which words, was not found.
    internal static void Check(string name)
    {
        if (name.Length > Longest || !Pattern().IsMatch(name) || name.Contains("--", StringComparison.Ordinal))
        {
            throw ArmErrors.BadRequest(
                "ContainerAppInvalidName",
                $"The container app name '{name}' is invalid. A name must consist of lower case alphanumeric characters or '-', start with an " +
                $"alphabetic character, end with an alphanumeric character, have no '--', and not be longer than {Longest} characters.");
        }
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
