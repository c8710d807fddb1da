using System.Globalization;

namespace RevisionTools.Tests.Pruning.FaultRuns;

/// <summary>
/// Prune, undo and resume with random fleets, policies, faults and other people at work, all of it from a seed. See tests/README.md.
/// </summary>
public sealed class FaultRunTests
{
    private const int Runs = 2000;

    [Fact]
    public async Task Every_invariant_holds_after_every_request_of_every_run()
    {
        if (Environment.GetEnvironmentVariable("REVISIONTOOLS_FAULT_SEED") is { Length: > 0 } seed)
        {
            AssertGood(await FaultRunProcess.RunAsync("replay", seed));
            return;
        }

        var runs = int.Parse(Environment.GetEnvironmentVariable("REVISIONTOOLS_FAULT_RUNS") ?? $"{Runs}", CultureInfo.InvariantCulture);
        var cores = Environment.ProcessorCount;
        var parts = await Task.WhenAll(Enumerable.Range(1, cores)
            .Select(first => FaultRunProcess.RunAsync("run", $"{first}", $"{(runs + cores - first) / cores}", $"{cores}")));
        Assert.All(parts, AssertGood);
    }

    [Fact]
    public async Task A_seed_gives_the_same_requests_at_the_same_moments_each_time() => AssertGood(await FaultRunProcess.RunAsync("twice", "1", "200"));

    [Fact]
    public async Task Each_way_to_weaken_the_interlocks_is_noticed_within_200_seeds() => AssertGood(await FaultRunProcess.RunAsync("mutants", "200"));

    private static void AssertGood((int Code, string Output) run) => Assert.True(run.Code == 0, run.Output);
}
