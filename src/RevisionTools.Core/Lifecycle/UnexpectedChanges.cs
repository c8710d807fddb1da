namespace RevisionTools.Lifecycle;

/// <summary>Compares an app before and after state changes: anything but the meant ones is worth a word.</summary>
internal static class UnexpectedChanges
{
    public static IReadOnlyList<string> Between(AppSnapshot before, AppSnapshot after, IReadOnlySet<string> meant)
    {
        List<string> changes = [];
        foreach (var was in before.Revisions.Where(revision => !meant.Contains(revision.Name)))
        {
            // A platform that purges a revision that was inactive does what it says.
            var now = after.Find(was.Name);
            if (was.IsStanding != (now?.IsStanding == true))
            {
                changes.Add($"revision '{was.Name}' was {was.Stage} and is {now?.Stage ?? RevisionStage.Removed}");
            }
        }

        changes.AddRange(after.Revisions.Where(revision => before.Find(revision.Name) is null).Select(revision => $"revision '{revision.Name}' is new"));
        if (!before.App.Traffic.SequenceEqual(after.App.Traffic))
        {
            changes.Add($"the traffic was [{string.Join(", ", before.App.Traffic)}] and is [{string.Join(", ", after.App.Traffic)}]");
        }

        if (!string.Equals(before.App.RevisionMode, after.App.RevisionMode, StringComparison.OrdinalIgnoreCase))
        {
            changes.Add($"the revision mode was {before.App.RevisionMode} and is {after.App.RevisionMode}");
        }

        return changes;
    }
}
