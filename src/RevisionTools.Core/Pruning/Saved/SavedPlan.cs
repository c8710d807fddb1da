using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning.Saved;

/// <summary>A prune plan of one app. From <see cref="World"/> on it is planned again when it is read; the rest is for people, and to notice what was altered.</summary>
internal sealed record SavedPlan
{
    public required string Cloud { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>For people.</summary>
    public string? Summary { get; init; }

    /// <summary>The rules, as they stand in a file of their own.</summary>
    public required JsonObject Policy { get; init; }

    public required InterlockLifts Lifts { get; init; }

    /// <summary>The revisions that could be pruned; null for all.</summary>
    public IReadOnlyList<string>? Selected { get; init; }

    public SavedRetention? Retention { get; init; }

    public required IReadOnlyList<SavedDecision> Decisions { get; init; }

    public required SavedWorld World { get; init; }

    public static SavedPlan Of(PrunePlan plan) => new()
    {
        Cloud = plan.Cloud,
        CreatedTime = plan.CreatedTime,
        AsOf = plan.AsOf,
        Fingerprint = plan.Fingerprint,
        Summary = plan.ToString(),
        Policy = RetentionPolicyJson.ToObject(plan.Policy),
        Lifts = plan.Request.Lifts,
        Selected = plan.Selected is { } names ? [.. names.Order(StringComparer.OrdinalIgnoreCase)] : null,
        Retention = plan.Retention is { } step ? SavedRetention.Of(step) : null,
        Decisions = [.. plan.Entries.Select(SavedDecision.Of)],
        World = SavedWorld.Of(plan.World),
    };

    /// <summary>Plans again from what was saved.</summary>
    /// <exception cref="RevisionToolsException">The policy is no policy, or could not be planned.</exception>
    public PrunePlan Replan()
    {
        var policy = RetentionPolicyJson.Read(Policy.ToJsonString(), "its policy");
        var selected = Selected is null ? null : new HashSet<string>(Selected, StringComparer.OrdinalIgnoreCase);
        return PrunePlanner.Plan(World.ToWorld(), new PruneRequest(policy, Lifts), AsOf ?? CreatedTime, selected, AsOf is not null) with { Cloud = Cloud };
    }

    /// <summary>Whether the plan is what the file says.</summary>
    public bool AgreesWith(PrunePlan plan) => plan.Fingerprint == Fingerprint
        && plan.Retention?.Before == Retention?.Before && plan.Retention?.After == Retention?.After
        && plan.Entries.Select(entry => (entry.Name, entry.Decision)).SequenceEqual(Decisions.Select(decision => (decision.Name, decision.Decision)));
}
