namespace RevisionTools.Lifecycle;

/// <summary>Compares an app before and after a change: anything but what was meant is worth a word.</summary>
internal static class UnexpectedChanges
{
    /// <summary>What state changes of the <paramref name="meant"/> revisions do not explain.</summary>
    public static IReadOnlyList<string> Between(AppSnapshot before, AppSnapshot after, IReadOnlySet<string> meant)
    {
        List<string> changes = [.. OfRevisions(before, after, meant.Contains)];
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

    /// <summary>Revisions that came up, went down or are new, but for those of which <paramref name="isMeant"/> says that it was meant.</summary>
    public static IReadOnlyList<string> OfRevisions(AppSnapshot before, AppSnapshot after, Func<string, bool> isMeant)
    {
        List<string> changes = [];
        foreach (var was in before.Revisions.Where(revision => !isMeant(revision.Name)))
        {
            // A platform that purges a revision that was inactive does what it says.
            var now = after.Find(was.Name);
            if (was.IsStanding != (now?.IsStanding == true))
            {
                changes.Add($"revision '{was.Name}' was {was.Stage} and is {now?.Stage ?? RevisionStage.Removed}");
            }
        }

        changes.AddRange(after.Revisions.Where(revision => before.Find(revision.Name) is null && !isMeant(revision.Name))
            .Select(revision => $"revision '{revision.Name}' is new"));
        return changes;
    }
}
