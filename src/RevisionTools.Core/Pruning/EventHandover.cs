using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Makes sure that whatever feeds a revision feeds a newer one as well, before the older is taken down.</summary>
internal static class EventHandover
{
    /// <summary>What is missing for the hand-over, in words; null where one newer ready revision that stays takes all that this one takes.</summary>
    /// <param name="revision">The revision that would go.</param>
    /// <param name="snapshot">The app, with the functions of function apps among the consumers.</param>
    /// <param name="leaving">Names of the revisions that go down in the same run.</param>
    // One scaled to zero will do: its scaler goes on watching the source.
    public static string? Gap(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving)
    {
        if (revision.EventConsumers.Any(consumer => consumer.IsOpaque))
        {
            return "its functions could not be read, so nothing shows that a newer revision has all of its triggers";
        }

        IReadOnlyList<EventConsumer>? missing = null;
        Revision? nearest = null;
        List<string> unfit = [];
        foreach (var newer in snapshot.Revisions.SkipWhile(other => !Names.Same(other.Name, revision.Name)).Skip(1).Where(other => other.IsStanding))
        {
            if (Unfitness(newer, leaving) is { } why)
            {
                unfit.Add($"{newer.Name} {why}");
                continue;
            }

            var lacks = revision.EventConsumers.Where(consumer => !newer.EventConsumers.Any(consumer.IsOfSameSource)).ToList();
            if (lacks.Count == 0)
            {
                return null;
            }

            (missing, nearest) = missing is null || lacks.Count < missing.Count ? (lacks, newer) : (missing, nearest);
        }

        return nearest is null
            ? $"no newer ready revision would take over {string.Join(", ", revision.EventConsumers)}{(unfit.Count == 0 ? "" : $" ({unfit[^1]})")}"
            : $"{nearest.Name}, the nearest to take over, lacks {string.Join(", ", missing!.Select(consumer => Describe(consumer, nearest)))}";
    }

    /// <summary>Why it takes nothing over; null where it does.</summary>
    private static string? Unfitness(Revision newer, IReadOnlySet<string> leaving) => newer switch
    {
        _ when leaving.Contains(newer.Name) => "goes down too",
        { Stage: not (RevisionStage.Active or RevisionStage.Ready) } => $"is {newer.Stage}",
        _ when !IsHealthy(newer) => $"is impaired: runningState '{newer.RunningState}', healthState '{newer.HealthState}'",
        _ when newer.EventConsumers.Any(consumer => consumer.IsOpaque) => "has functions that could not be read",
        _ => null,
    };

    /// <summary>Whether its replicas are well. The stage calls one active also when they are in trouble, as long as work reaches it.</summary>
    public static bool IsHealthy(Revision revision) => !Names.Same(revision.RunningState, "Degraded") && !Names.Same(revision.HealthState, "Unhealthy");

    /// <summary>Where the heir has a source of that name elsewhere, the name alone would be a riddle.</summary>
    private static string Describe(EventConsumer missing, Revision heir) =>
        heir.EventConsumers.Any(missing.IsOfSameName) ? $"{missing} ({missing.SourceId ?? missing.Name})" : missing.ToString();
}
