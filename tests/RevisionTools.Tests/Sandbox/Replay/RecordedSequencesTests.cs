using Xunit.Abstractions;

namespace RevisionTools.Tests.Sandbox.Replay;

public sealed class RecordedSequencesTests(ITestOutputHelper output)
{
    [RecordingTheory]
    [InlineData("01_multiple_mode_traffic_2024-04.json")]
    [InlineData("03_restart_deactivate_activate_replicas_delete_2024-05.json")]
    [InlineData("04_replica_commands_2024.json")]
    [InlineData("08_ingress_traffic_2025.json")]
    [InlineData("09_max_inactive_revisions_2025-05.json")]
    [InlineData("10_kind_functionapp_2025-05.json")]
    public async Task Explore(string file)
    {
        IReadOnlyCollection<string>? best = null;
        var bestSeed = 0;
        for (var seed = 1; seed <= 300 && best?.Count != 0; seed++)
        {
            var differences = await SequencePlayer.PlayAsync(new RecordedSequence(file[..2], file, ..), seed);
            if (best is null || differences.Count < best.Count)
            {
                best = differences;
                bestSeed = seed;
            }
        }

        output.WriteLine($"{file} seed {bestSeed}: {best!.Count}");
        foreach (var difference in best)
        {
            output.WriteLine(difference);
        }
    }
}
