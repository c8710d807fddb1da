using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Draws a small fleet: the fewer revisions, the more of what can go wrong with them meets in one run.</summary>
internal static class RandomFleet
{
    public static SandboxScenario Draw(Random random)
    {
        var apps = random.Next(100) switch
        {
            < 45 => 1,
            < 82 => 2,
            _ => 3,
        };
        return new SandboxScenario
        {
            PageSize = random.In100(10) ? random.Next(1, 4) : 0,
            Apps = [.. Enumerable.Range(0, apps).Select(index => new RandomApp(random, $"app{index}").Draw())],
        };
    }
}
