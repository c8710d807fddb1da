namespace RevisionTools.Sandbox;

/// <summary>Image tags that do not start, so that a failed rollout can be rehearsed by deploying one.</summary>
internal static class ImageOutcome
{
    /// <summary>
    /// A tag that ends in <c>-missing</c> cannot be pulled, in <c>-crash</c> crashes, in <c>-stuck</c> is never ready,
    /// in <c>-degraded</c> is not ready in time.
    /// </summary>
    internal static StartOutcome Of(IEnumerable<string> images)
    {
        foreach (var image in images)
        {
            if (image.EndsWith("-missing", StringComparison.Ordinal))
            {
                return StartOutcome.ImagePullFails;
            }

            if (image.EndsWith("-crash", StringComparison.Ordinal))
            {
                return StartOutcome.ContainerCrashes;
            }

            if (image.EndsWith("-stuck", StringComparison.Ordinal))
            {
                return StartOutcome.NeverReady;
            }

            if (image.EndsWith("-degraded", StringComparison.Ordinal))
            {
                return StartOutcome.Degrades;
            }
        }

        return StartOutcome.Ready;
    }
}
