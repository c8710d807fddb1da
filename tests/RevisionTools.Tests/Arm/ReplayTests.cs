using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

/// <summary>Real traffic of Azure, every interaction of it.</summary>
public sealed class ReplayTests
{
    /// <summary>Counted in the recordings by hand: a new recording has to be looked at before it passes.</summary>
    private static readonly Dictionary<string, int> s_expected = new()
    {
        ["app"] = 27,
        ["list of apps"] = 8,
        ["revision"] = 5,
        ["list of revisions"] = 5,
        ["replica"] = 3,
        ["list of replicas"] = 10,
        ["list of replicas of a job"] = 2,
        ["list of functions"] = 2,
        ["action"] = 4,
        ["patch"] = 12,
        ["poll of a patch"] = 24,
        ["PUT to its end"] = 8,
        ["poll of a PUT"] = 16,
        ["DELETE to its end"] = 3,
        ["DELETE cut off"] = 6,
        ["poll of a DELETE"] = 7,
        ["missing app"] = 3,
        ["error"] = 24,
    };

    [RecordingsFact]
    public async Task Every_recorded_interaction_goes_through_the_client()
    {
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in Recordings.Files)
        {
            var interactions = Recordings.Read(file);
            var replay = new RecordingReplay(interactions);
            await replay.RunAsync();

            Assert.Equal(Enumerable.Range(0, interactions.Count), replay.Covered.Keys.Order());
            foreach (var how in replay.Covered.Values)
            {
                tally[how] = tally.GetValueOrDefault(how) + 1;
            }
        }

        Assert.Equal(s_expected, tally);
        Assert.Equal(169, tally.Values.Sum());
    }
}
