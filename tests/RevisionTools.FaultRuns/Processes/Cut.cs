using RevisionTools.FaultRuns.Fleet;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>When and how a process comes to an early end.</summary>
/// <param name="AfterRequests">After so many requests were served.</param>
/// <param name="AfterLines">While it writes that line of its journal.</param>
/// <param name="IsKill">Whether it is killed; else it is asked to stop, as by Ctrl+C.</param>
/// <param name="Torn">How much of the line that it writes as it dies reaches the disk, from 0 to 1.</param>
internal sealed record Cut(int AfterRequests, int AfterLines, bool IsKill, double Torn)
{
    public static Cut? Draw(Random random) => random.Next(10) switch
    {
        < 4 => null,
        < 8 => new Cut(random.Next(1, 60), int.MaxValue, random.In100(70), 1),
        _ => new Cut(int.MaxValue, random.Next(1, 12), IsKill: true, random.NextDouble()),
    };
}
