using System.Text.RegularExpressions;
using RevisionTools.Templates;

namespace RevisionTools.Preflight;

/// <summary>
/// Which names of images are put into addresses and into lines for a shell: those that are written as a registry writes them, to the letter.
/// They are chosen by whoever may write an app.
/// </summary>
internal static partial class ImageNames
{
    public static bool IsWellFormed(ImageReference image) =>
        HostForm().IsMatch(image.Registry) && RepositoryForm().IsMatch(image.Repository)
        && (image.Tag is null || TagForm().IsMatch(image.Tag)) && (image.Digest is null || DigestForm().IsMatch(image.Digest));

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HostForm();

    [GeneratedRegex(@"\A[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagForm();

    [GeneratedRegex(@"\A[a-z0-9]+([+._-][a-z0-9]+)*:[A-Fa-f0-9]{32,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestForm();
}
