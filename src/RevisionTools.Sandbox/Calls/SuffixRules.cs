using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>What the service accepts as revisionSuffix (ARM-FACTS 4.1, 6).</summary>
internal static partial class SuffixRules
{
    private const int LongestName = 54;

    internal static void Check(SandboxApp app, string suffix)
    {
        if (suffix.Length == 0)
        {
            return;
        }

        var name = $"{app.Name}--{suffix}";
        if (!Pattern().IsMatch(suffix) || suffix.Contains("--", StringComparison.Ordinal) || name.Length > LongestName)
        {
            throw ArmErrors.BadRequest(
                "ContainerAppInvalidRevisionName",
                $"Revision name has an invalid value '{suffix}'. A revision name must consist of lower case alphanumeric " +
                "characters or '-', start with an alphabetic character, and end with an alphanumeric character. The length " +
                "of the revision name must not be more than a combined 54 characters with the container app name.");
        }

        if (app.FindRevision(name) is not null)
        {
            // unconfirmed: the text is reported, its code and whether it comes at once are not (ARM-FACTS 4.1).
            throw ArmErrors.BadRequest(
                "InvalidParameterValueInContainerTemplate",
                "The following field(s) are either invalid or missing. Field 'template.revisionsuffix' is invalid with details: " +
                $"'Invalid value: \"{suffix}\": revision with suffix {suffix} already exists.';.");
        }
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
