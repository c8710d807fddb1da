namespace RevisionTools.Sandbox;

/// <summary>
/// How long writes take: the quantiles measured over the recordings, in seconds, with straight lines between them
/// (ARM-FACTS 3.2).
/// </summary>
internal sealed class OperationDurations
{
    private const int Steps = 1_000_000;

    private readonly (double Share, double Seconds)[] _quantiles;

    private OperationDurations(params (double Share, double Seconds)[] quantiles) => _quantiles = quantiles;

    internal static OperationDurations Patch { get; } = new((0, 6), (0.1, 11), (0.5, 14), (0.9, 18), (1, 35));

    internal static OperationDurations Put { get; } = new((0, 1), (0.5, 12), (0.9, 15), (1, 245));

    /// <summary>To the millisecond.</summary>
    internal TimeSpan Draw(SandboxRandom random, string purpose)
    {
        var share = random.Between(0, Steps, purpose) / (double)Steps;
        var upper = Array.FindIndex(_quantiles, 1, quantile => share <= quantile.Share);
        (var from, var least) = _quantiles[upper - 1];
        (var to, var most) = _quantiles[upper];
        return TimeSpan.FromMilliseconds(Math.Round(1000 * (least + ((most - least) * (share - from) / (to - from)))));
    }
}
