namespace RevisionTools.Sandbox;

/// <summary>An api-version that the service admits, and what it changes in the shapes (ARM-FACTS 1).</summary>
internal sealed class ApiVersion(string text)
{
    private static readonly string[] s_app =
    [
        "2022-03-01", "2022-06-01-preview", "2022-10-01", "2022-11-01-preview", "2023-04-01-preview", "2023-05-01",
        "2023-05-02-preview", "2023-08-01-preview", "2023-11-02-preview", "2024-02-02-preview", "2024-03-01",
        "2024-08-02-preview", "2024-10-02-preview", "2025-01-01", "2025-02-02-preview", "2025-07-01",
        "2025-10-02-preview", "2026-01-01", "2026-03-02-preview", "2026-07-01",
    ];

    private static readonly string[] s_resources =
    [
        "2014-04-01", "2015-01-01", "2016-06-01", "2018-01-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01",
        "2021-04-01", "2022-09-01", "2022-12-01",
    ];

    private static readonly string[] s_insights = ["2018-01-01", "2019-07-01", "2021-05-01", "2023-10-01", "2024-02-01"];

    /// <summary>The header api-supported-versions of Microsoft.App.</summary>
    internal static string AppVersions { get; } = string.Join(", ", s_app);

    internal static string ResourceVersions { get; } = string.Join(", ", s_resources);

    internal static string InsightsVersions { get; } = string.Join(", ", s_insights);

    internal string Text => text;

    internal bool IsPreview => text.EndsWith("-preview", StringComparison.OrdinalIgnoreCase);

    /// <summary>Preview versions carry fields that stable ones lack (compare recordings 08 at 2025-02-02-preview and 2025-07-01).</summary>
    internal bool HasPreviewFields => IsPreview && IsSince("2024-08-02");

    /// <summary>scale.cooldownPeriod and pollingInterval, configuration.runtime and identitySettings.</summary>
    internal bool HasScaleIntervals => IsSince("2024-08-02");

    internal static bool IsOfApp(string text) => s_app.Contains(text, StringComparer.OrdinalIgnoreCase);

    internal static bool IsOfResources(string text) => s_resources.Contains(text, StringComparer.OrdinalIgnoreCase);

    internal static bool IsOfInsights(string text) => s_insights.Contains(text, StringComparer.OrdinalIgnoreCase);

    private bool IsSince(string date) => string.CompareOrdinal(text, 0, date, 0, date.Length) >= 0;
}
