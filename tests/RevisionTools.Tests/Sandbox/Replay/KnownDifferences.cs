namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>The differences between recordings and sandbox that are left. FIDELITY.md shows the same list.</summary>
internal static class KnownDifferences
{
    private const string Settled =
        "until 2024 PUT answered with the settled app, latest revision and defaults included; the sandbox answers as the service has since 2025, with what was sent";

    private const string GlobalLimits = "before June 2024 there was no header for the bucket of all principals together";

    internal static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(["01", "03", "04"], "PUT containerApp $.properties.*", Settled),
        new(["01", "03", "04", "12 running", "12 restarted", "14 empty group"], "GET *x-ms-ratelimit-remaining-subscription-global-reads: absent recorded*", GlobalLimits),
        new(["03", "04", "16 delete of an absent app"], "DELETE *x-ms-ratelimit-remaining-subscription-global-deletes: absent recorded*", GlobalLimits),
        new(["03"], "POST *x-ms-ratelimit-remaining-subscription-global-writes: absent recorded*", GlobalLimits),
        new(["01", "03", "04"], "PATCH containerApp Azure-AsyncOperation: absent recorded*", "until June 2024 PATCH had only Location; the sandbox sends both headers, as the service has since"),
        new(["01", "03", "04"], "GET containerappOperationResult name: random recorded, numbered here", "in 2024 later revisions had random names too; the sandbox numbers them, as the service has since 2025"),
        new(["12 crashing"], "GET replica $.properties.containers[].restartCount: 0 recorded, 6 here", "a crash loop was recorded with 0 restarts in 2025 and with 2 in 2022; the sandbox shows one that has gone on for long"),
    ];
}
