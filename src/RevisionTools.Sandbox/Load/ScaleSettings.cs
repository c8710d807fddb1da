using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What of a template decides how a revision scales (ARM-FACTS 5.1); read once, shared where it is the default.</summary>
internal sealed record ScaleSettings
{
    internal const int DefaultConcurrentRequests = 10;

    private const int DefaultGracePeriod = 30;

    /// <summary>Draws count in milliseconds, so the model needs some end.</summary>
    private const int LongestGracePeriod = 3600;

    /// <summary>After how long without need the last replica goes, and in the model any other too.</summary>
    private static readonly TimeSpan s_defaultCooldown = TimeSpan.FromSeconds(300);

    internal static ScaleSettings Default { get; } = new();

    /// <summary>Requests a second that one replica takes, of the HTTP rule.</summary>
    internal int ConcurrentRequests { get; private init; } = DefaultConcurrentRequests;

    internal TimeSpan Cooldown { get; private init; } = s_defaultCooldown;

    /// <summary>terminationGracePeriodSeconds (ARM-FACTS 4.3).</summary>
    internal int GracePeriodSeconds { get; private init; } = DefaultGracePeriod;

    /// <summary>Rules by processor or memory cannot take the last replica away (ARM-FACTS 5.2).</summary>
    internal bool KeepsOne { get; private init; }

    internal IReadOnlyList<EventTrigger> Triggers { get; private init; } = [];

    /// <summary>Reads a completed template.</summary>
    internal static ScaleSettings Of(JsonObject template)
    {
        var scale = template["scale"] as JsonObject ?? [];
        JsonObject[] rules = [.. (scale["rules"] as JsonArray ?? []).OfType<JsonObject>()];
        EventTrigger[] triggers = [.. rules.Select(ScaleRules.Trigger).OfType<EventTrigger>()];
        ScaleSettings settings = new()
        {
            ConcurrentRequests = Math.Max(1, rules.Select(ScaleRules.Concurrency).FirstOrDefault(each => each is not null) ?? DefaultConcurrentRequests),
            Cooldown = JsonFields.Number(scale["cooldownPeriod"]) is { } seconds and >= 0 ? TimeSpan.FromSeconds(seconds) : s_defaultCooldown,
            GracePeriodSeconds = JsonFields.Number(template["terminationGracePeriodSeconds"]) is { } grace and >= 0 ? Math.Min(grace, LongestGracePeriod) : DefaultGracePeriod,
            KeepsOne = rules.Any(ScaleRules.IsOfResources),
            Triggers = triggers.Length == 0 ? Default.Triggers : triggers,
        };
        return settings == Default ? Default : settings;
    }
}
