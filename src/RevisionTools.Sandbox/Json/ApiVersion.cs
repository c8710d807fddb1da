namespace RevisionTools.Sandbox;

/// <summary>An api-version that the service admits, and what it changes in the shapes (ARM-FACTS 1).</summary>
internal sealed class ApiVersion(string text)
{
    /// <summary>The newest stable one of apps and revisions (ARM-FACTS 1).</summary>
    internal static ApiVersion Newest { get; } = new("2026-01-01");

    internal string Text => text;

    internal bool IsPreview => text.EndsWith("-preview", StringComparison.OrdinalIgnoreCase);

    /// <summary>Preview versions carry fields that stable ones lack (compare recordings 08 at 2025-02-02-preview and 2025-07-01).</summary>
    internal bool HasPreviewFields => IsPreview && IsSince("2024-08-02");

    /// <summary>scale.cooldownPeriod and pollingInterval, configuration.runtime and identitySettings.</summary>
    internal bool HasScaleIntervals => IsSince("2024-08-02");

    /// <summary>scale.allowScalingRuleOverride (ARM-FACTS 8).</summary>
    internal bool HasScalingOverride => IsSince("2026-03-02");

    /// <summary>A function has a name of its own and a state (ARM-FACTS, top).</summary>
    internal bool HasFunctionState => IsSince("2026-07-01");

    /// <summary>The path segment of the label history, which the stable version put in the plural.</summary>
    internal string LabelHistory => IsSince("2026-07-01") ? "labelHistories" : "labelHistory";

    private bool IsSince(string date) => string.CompareOrdinal(text, 0, date, 0, date.Length) >= 0;
}
