using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Compares an app before and after a prune: anything but the meant deactivations is worth a word.</summary>
internal static class UnexpectedChanges
{
    public static IReadOnlyList<string> Between(AppSnapshot before, AppSnapshot after, IReadOnlySet<string> meant)
    {
        List<string> changes = [];
        foreach (var was in before.Revisions.Where(revision => revision.IsStanding && !meant.Contains(revision.Name)))
        {
            var now = after.Find(was.Name);
            if (now?.IsStanding != true)
            {
                changes.Add($"revision '{was.Name}' was {was.Stage} and is {now?.Stage ?? RevisionStage.Removed}");
            }
        }

        if (!before.App.Traffic.SequenceEqual(after.App.Traffic))
        {
            changes.Add($"the traffic was [{string.Join(", ", before.App.Traffic)}] and is [{string.Join(", ", after.App.Traffic)}]");
        }

        return changes;
    }
}
