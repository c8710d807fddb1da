using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>What stands against pruning a revision.</summary>
/// <param name="Holding">The interlocks that hold, lifted or not.</param>
/// <param name="Binding">Those of them that forbid it.</param>
/// <param name="Words">The binding ones in words, in the same order.</param>
internal sealed record PruneObstacles(IReadOnlyList<Interlock> Holding, IReadOnlyList<Interlock> Binding, IReadOnlyList<string> Words)
{
    /// <summary>Asked in the plan, and again on fresh data right before the call.</summary>
    /// <param name="revision">A revision of <paramref name="world"/>.</param>
    /// <param name="world">The app as it was read.</param>
    /// <param name="request">The policy, and what the caller lifted.</param>
    /// <param name="leaving">Names of the other revisions that go down in the same run.</param>
    /// <param name="now">The moment from which ages are measured.</param>
    public static PruneObstacles Of(Revision revision, PruneWorld world, PruneRequest request, IReadOnlySet<string> leaving, DateTimeOffset now)
    {
        var holding = request.Interlocks.Of(revision, world.Snapshot, leaving);
        var isOldFailure = request.Policy.IsFailedLongEnough(revision, now);
        List<Interlock> binding = [];
        List<string> words = [];
        foreach (var interlock in Interlocks.BindingInBulk(holding, request.Lifts))
        {
            if (interlock != Interlock.Latest || !isOldFailure)
            {
                Bind(interlock, Interlocks.Name(interlock, revision));
            }
        }

        if (holding.Contains(Interlock.ConsumesEvents) && !binding.Contains(Interlock.ConsumesEvents)
            && EventHandover.Gap(revision, world.Snapshot, leaving, isOldFailure) is { } gap)
        {
            Bind(Interlock.ConsumesEvents, $"{Interlock.ConsumesEvents}: {gap}");
        }

        return new PruneObstacles(holding, binding, words);

        void Bind(Interlock interlock, string why)
        {
            binding.Add(interlock);
            words.Add(why);
        }
    }
}
