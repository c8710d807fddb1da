using System.Globalization;
using System.Text;
using RevisionTools.Preflight;
using RevisionTools.Templates;

namespace RevisionTools.Pruning;

/// <summary>
/// Writes which images must stay in their registries for what remains of apps to be able to start: one <c>--filter</c> of <c>acr purge</c>
/// for each repository, that matches every tag but those.
/// </summary>
/// <remarks>
/// acr-cli reads a filter as <c>repository:tags</c>, splits it at its only colon outside of a group's head, anchors the repository and not the
/// tags, and joins several filters of one repository by "or". So a repository has one line, anchored, and no group but a plain one.
/// </remarks>
internal static class ImageKeepList
{
    private static readonly string[] s_head =
    [
        "# Images that revisions need, written by RevisionTools. Each line without a # is a filter for acr purge that matches",
        "# all tags of a repository but those that are needed:",
        "#     acr purge --registry NAME --filter 'LINE' --ago 30d --dry-run",
        "# Give each repository one filter only, in single quotes, and none for several repositories: acr purge deletes what",
        "# any of its filters matches. Only the apps of this prune were looked at: what others need of a repository is not here.",
        "# acr purge goes by tags. With --untagged it deletes manifests without a tag too, also those that are needed by digest:",
        "# lock these first as shown, and do not give --include-locked.",
    ];

    public static string Write(IEnumerable<PrunePlan> plans)
    {
        var images = plans.SelectMany(plan => plan.Entries).Where(IsNeeded)
            .SelectMany(entry => entry.Revision.Images.Concat(entry.Revision.InitImages))
            .Distinct(StringComparer.Ordinal).Select(image => (Text: image, Reference: ImageReference.Parse(image))).ToList();
        StringBuilder text = new();
        Append(text, s_head);
        foreach (var registry in images.Where(image => IsPurgeable(image.Reference)).GroupBy(image => image.Reference.Registry.ToLowerInvariant()).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Append(text, "", $"# {registry.Key}");
            foreach (var repository in registry.GroupBy(image => image.Reference.Repository).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Append(text, [.. Lines(registry.Key, repository.Key, [.. repository.Select(image => image.Reference)])]);
            }
        }

        var others = images.Where(image => !IsPurgeable(image.Reference)).Select(image => image.Text).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
        {
            Append(text, ["", "# Needed as well, and nothing that acr purge reaches or could name:", .. others.Select(image => $"# {SafeText.Clean(image)}")]);
        }

        return text.ToString();
    }

    /// <summary>What may be purged by the platform cannot be gone back to; everything else may have to start again.</summary>
    private static bool IsNeeded(PrunePlanEntry entry) => entry.Decision != PruneDecision.Inactive || !entry.PurgeExpected;

    private static bool IsPurgeable(ImageReference image) => KnownRegistries.IsAzure(image.Registry) && ImageNames.IsWellFormed(image);

    private static IEnumerable<string> Lines(string registry, string repository, IReadOnlyList<ImageReference> images)
    {
        var digests = images.Select(image => image.Digest).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (digests.Count > 0)
        {
            yield return $"# {repository} is needed by digest as well, whatever its tags; a lock keeps it:";
        }

        foreach (var digest in digests)
        {
            yield return $"#     az acr repository update --name {registry[..registry.IndexOf('.', StringComparison.Ordinal)]} --image '{repository}@{digest}' --delete-enabled false --write-enabled false";
        }

        var tags = images.Select(image => image.Tag).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        yield return tags.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Escape(repository)}:^(?!({string.Join('|', tags.Select(Escape))})$).+$")
            : $"# No tag of {repository} is needed, so there is no filter for it.";
    }

    /// <summary>Of the characters that names and tags are made of, the dot is the only one with a meaning.</summary>
    private static string Escape(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);

    private static void Append(StringBuilder text, params string[] lines)
    {
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }
    }
}
