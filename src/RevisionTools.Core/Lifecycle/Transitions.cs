namespace RevisionTools.Lifecycle;

/// <summary>Tells what has happened to the revisions of an app between two looks.</summary>
internal static class Transitions
{
    /// <param name="before">The revisions as they were; null when there was no look before.</param>
    /// <param name="after">The revisions as they are.</param>
    /// <param name="at">When that was seen.</param>
    /// <param name="includeTraffic">Whether a change of weights or labels alone counts.</param>
    public static IReadOnlyList<RevisionTransition> Between(
        IReadOnlyList<Revision>? before, IReadOnlyList<Revision> after, DateTimeOffset at, bool includeTraffic)
    {
        var was = (before ?? []).ToDictionary(revision => revision.Name, StringComparer.OrdinalIgnoreCase);
        List<RevisionTransition> transitions = [];
        foreach (var revision in after)
        {
            was.Remove(revision.Name, out var old);
            if (old?.Stage != revision.Stage)
            {
                transitions.Add(Of(revision, old?.Stage, revision.StageReason, at));
            }
            else if (includeTraffic && TrafficChange(old, revision) is { Length: > 0 } change)
            {
                transitions.Add(Of(revision, old.Stage, change, at));
            }
        }

        return [.. (before ?? []).Where(revision => was.ContainsKey(revision.Name)).Select(revision => Gone(revision, at)), .. transitions];
    }

    private static RevisionTransition Gone(Revision revision, DateTimeOffset at)
    {
        const string Reason = "gone: purged by the platform, or deleted with its app";
        return Of(revision with { Active = false, Stage = RevisionStage.Removed, StageReason = Reason }, revision.Stage, Reason, at);
    }

    private static RevisionTransition Of(Revision revision, RevisionStage? from, string reason, DateTimeOffset at) => new()
    {
        RevisionName = revision.Name,
        ContainerAppName = revision.ContainerAppName,
        ResourceGroupName = revision.ResourceGroupName,
        SubscriptionId = revision.SubscriptionId,
        ResourceId = revision.ResourceId,
        From = from,
        To = revision.Stage,
        At = at,
        Reason = reason,
        Revision = revision,
    };

    private static string TrafficChange(Revision old, Revision now)
    {
        List<string> changes = [];
        if ((old.ConfiguredWeight, old.EffectiveWeight) != (now.ConfiguredWeight, now.EffectiveWeight))
        {
            changes.Add($"gets {Weights(now)} of the traffic instead of {Weights(old)}");
        }

        if (!old.Labels.Order(StringComparer.Ordinal).SequenceEqual(now.Labels.Order(StringComparer.Ordinal)))
        {
            changes.Add($"labels: {Labels(now)} instead of {Labels(old)}");
        }

        return string.Join("; ", changes);
    }

    private static string Weights(Revision revision) => revision.ConfiguredWeight == revision.EffectiveWeight
        ? $"{revision.EffectiveWeight} %"
        : $"{revision.EffectiveWeight} % ({revision.ConfiguredWeight} % configured)";

    private static string Labels(Revision revision) => revision.Labels.Count == 0 ? "none" : string.Join(", ", revision.Labels);
}
