namespace RevisionTools.Sandbox;

/// <summary>The api-versions at which a kind of call exists.</summary>
internal sealed class ApiVersions(params string[] versions)
{
    /// <summary>Microsoft.App (ARM-FACTS 1, and 2026-07-01 at its top).</summary>
    internal static ApiVersions App { get; } = new(
        "2022-03-01", "2022-06-01-preview", "2022-10-01", "2022-11-01-preview", "2023-04-01-preview", "2023-05-01",
        "2023-05-02-preview", "2023-08-01-preview", "2023-11-02-preview", "2024-02-02-preview", "2024-03-01",
        "2024-08-02-preview", "2024-10-02-preview", "2025-01-01", "2025-02-02-preview", "2025-07-01",
        "2025-10-02-preview", "2026-01-01", "2026-03-02-preview", "2026-07-01");

    /// <summary>Functions and label history: first in a preview, stable since 2026-07-01 (ARM-FACTS 2 and its top).</summary>
    internal static ApiVersions FunctionsAndLabels { get; } = new("2025-10-02-preview", "2026-03-02-preview", "2026-07-01");

    /// <summary>ARM's own provider Microsoft.Resources.</summary>
    internal static ApiVersions Resources { get; } = new(
        "2014-04-01", "2015-01-01", "2016-06-01", "2018-01-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01",
        "2021-04-01", "2022-09-01", "2022-12-01");

    /// <summary>Resource Graph (ARM-FACTS 9 has the newest).</summary>
    internal static ApiVersions ResourceGraph { get; } = new("2021-03-01", "2022-10-01", "2024-04-01");

    /// <summary>Azure Monitor.</summary>
    internal static ApiVersions Insights { get; } = new("2018-01-01", "2019-07-01", "2021-05-01", "2023-10-01", "2024-02-01");

    /// <summary>All, in order, as the header api-supported-versions lists them.</summary>
    internal string Text { get; } = string.Join(", ", versions);

    internal bool Contains(string version) => versions.Contains(version, StringComparer.OrdinalIgnoreCase);
}
