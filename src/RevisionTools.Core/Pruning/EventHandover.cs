using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Makes sure that whatever feeds a revision feeds another that stays as well, before it is taken down.</summary>
internal static class EventHandover
{
    /// <summary>What is missing for the hand-over, in words; null where one ready revision that stays takes all that this one takes.</summary>
    /// <param name="revision">The revision that would go.</param>
    /// <param name="snapshot">The app, with the functions of function apps among the consumers.</param>
    /// <param name="leaving">Names of the revisions that go down in the same run.</param>
    /// <param name="isOldFailure">Whether it goes because it has failed. Then an older revision may take over too, which is what a rollback is.</param>
    // One scaled to zero will do: its scaler goes on watching the source.
    public static string? Gap(Revision revision, AppSnapshot snapshot, IReadOnlySet<string> leaving, bool isOldFailure = false)
    {
        if (revision.EventConsumers.Any(consumer => consumer.IsOpaque))
        {
            return $"its functions could not be read, so nothing shows that {(isOldFailure ? "another" : "a newer")} revision has all of its triggers";
        }

        IReadOnlyList<EventConsumer>? missing = null;
        Revision? nearest = null;
        List<string> unfit = [];
        var candidates = snapshot.Revisions.SkipWhile(other => !isOldFailure && !Names.Same(other.Name, revision.Name))
            .Where(other => other.IsStanding && !Names.Same(other.Name, revision.Name));
        foreach (var heir in candidates)
        {
            if (Unfitness(heir, leaving) is { } why)
            {
                unfit.Add($"{heir.Name} {why}");
                continue;
            }

            var lacks = revision.EventConsumers.Where(consumer => !heir.EventConsumers.Any(consumer.IsOfSameSource)).ToList();
            if (lacks.Count == 0)
            {
                return null;
            }

            (missing, nearest) = missing is null || lacks.Count < missing.Count ? (lacks, heir) : (missing, nearest);
        }

        return nearest is null
            ? $"no {(isOldFailure ? "other" : "newer")} ready revision would take over {string.Join(", ", revision.EventConsumers)}{(unfit.Count == 0 ? "" : $" ({unfit[^1]})")}"
            : $"{nearest.Name}, the nearest to take over, lacks {string.Join(", ", missing!.Select(consumer => Describe(consumer, nearest)))}";
    }

    /// <summary>Why it takes nothing over; null where it does.</summary>
    private static string? Unfitness(Revision heir, IReadOnlySet<string> leaving) => heir switch
    {
        _ when leaving.Contains(heir.Name) => "goes down too",
        { Stage: not (RevisionStage.Active or RevisionStage.Ready) } => $"is {heir.Stage}",
        _ when !IsHealthy(heir) => $"is impaired: runningState '{heir.RunningState}', healthState '{heir.HealthState}'",
        _ when heir.EventConsumers.Any(consumer => consumer.IsOpaque) => "has functions that could not be read",
        _ => null,
    };

    /// <summary>Whether its replicas are well. The stage calls one active also when they are in trouble, as long as work reaches it.</summary>
    public static bool IsHealthy(Revision revision) => !Names.Same(revision.RunningState, "Degraded") && !Names.Same(revision.HealthState, "Unhealthy");

    /// <summary>Where the heir has a source of that name elsewhere, the name alone would be a riddle.</summary>
    private static string Describe(EventConsumer missing, Revision heir) =>
        heir.EventConsumers.Any(missing.IsOfSameName) ? $"{missing} ({missing.SourceId ?? missing.Name})" : missing.ToString();
}
