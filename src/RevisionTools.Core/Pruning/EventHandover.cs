using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Makes sure that whatever feeds a revision feeds a newer one as well, before the older is taken down.</summary>
internal static class EventHandover
{
    /// <summary>What is missing for the hand-over, in words; null where one newer ready revision takes all that this one takes.</summary>
    public static string? Gap(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving)
    {
        IReadOnlyList<EventConsumer>? missing = null;
        Revision? nearest = null;
        foreach (var heir in snapshot.Revisions.SkipWhile(other => !Names.Same(other.Name, revision.Name)).Skip(1).Where(IsHeir))
        {
            var lacks = revision.EventConsumers.Where(consumer => !heir.EventConsumers.Any(consumer.IsOfSameSource)).ToList();
            if (lacks.Count == 0)
            {
                return null;
            }

            (missing, nearest) = missing is null || lacks.Count < missing.Count ? (lacks, heir) : (missing, nearest);
        }

        return nearest is null
            ? $"no newer ready revision would take over {string.Join(", ", revision.EventConsumers)}"
            : $"{nearest.Name}, the nearest to take over, lacks {string.Join(", ", missing!)}";

        bool IsHeir(Revision other) =>
            other.IsStanding && other.Stage is RevisionStage.Active or RevisionStage.Ready && !leaving.Contains(other.Name);
    }
}
