using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Makes a policy of keep rules that were typed as parameters.</summary>
internal static class RetentionRules
{
    private static readonly string[] s_names = [.. typeof(IRetentionRules).GetProperties().Select(property => property.Name)];

    public static RetentionPolicy PolicyOf(IRetentionRules rules) => new()
    {
        KeepLast = rules.KeepLast,
        KeepSinceCreated = rules.KeepSinceCreated,
        KeepSinceActive = rules.KeepSinceActive,
        KeepDaily = rules.KeepDaily,
        KeepWeekly = rules.KeepWeekly,
        KeepMonthly = rules.KeepMonthly,
        TimeZone = rules.TimeZone,
        KeepLastPerLabel = rules.KeepLastPerLabel,
        KeepLastPerImage = rules.KeepLastPerImage,
        KeepName = rules.KeepName ?? [],
        KeepReady = rules.KeepReady,
        MaxActive = rules.MaxActive,
        MaxInactive = rules.MaxInactive,
        Failed = rules.Failed,
        GroupBy = rules.GroupBy ?? RetentionGrouping.App,
    };

    /// <summary>A variable that is not set would make a rule vanish, and what it should have kept with it; or a deadline, or whatever else it was to say.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionRule"/> of a rule, <see cref="FailureKind.InvalidPruneRequest"/> of another parameter.</exception>
    public static void RefuseEmpty(IReadOnlyDictionary<string, object?> bound)
    {
        foreach (var rule in s_names)
        {
            if (bound.TryGetValue(rule, out var value) && value is null or string[] { Length: 0 })
            {
                throw Empty(FailureKind.InvalidRetentionRule, rule);
            }
        }

        if (bound.FirstOrDefault(given => given.Value is null && !Cmdlet.CommonParameters.Contains(given.Key)) is { Key: { } other })
        {
            throw Empty(FailureKind.InvalidPruneRequest, other);
        }
    }

    private static RevisionToolsException Empty(FailureKind kind, string name) => new(kind, $"-{name} was given without a value. Leave it out, or give it one.");

    /// <summary>The first rule that was given as a parameter; null for none.</summary>
    public static string? FirstOf(IReadOnlyDictionary<string, object?> bound) => s_names.FirstOrDefault(bound.ContainsKey);

    /// <summary>Refuses rules beside a policy: nobody could say which of the two is meant.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPruneRequest"/></exception>
    public static void RefuseBeside(RetentionPolicy? policy, IReadOnlyDictionary<string, object?> bound)
    {
        if (policy is not null && FirstOf(bound) is { } rule)
        {
            throw new RevisionToolsException(FailureKind.InvalidPruneRequest, $"-Policy and -{rule} were both given; which of them is to hold?");
        }
    }
}
