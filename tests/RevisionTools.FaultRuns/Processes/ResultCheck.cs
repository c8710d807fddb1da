using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Time;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>Whether results are true in the moment in which they are given out, and one for each revision that was approved.</summary>
internal sealed class ResultCheck(Watch watch, ProcessLife life)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.OrdinalIgnoreCase);

    public void Check(object item)
    {
        if (item is not PruneResult result)
        {
            return;
        }

        var id = Uri.UnescapeDataString(result.ResourceId);
        _seen[id] = _seen.GetValueOrDefault(id) + 1;
        var appKey = $"{result.ResourceGroupName}/{result.ContainerAppName}";
        var mark = watch.MarkOf(appKey, result.Name);
        var all = mark.Calls.Where(call => call.Action == "deactivate").ToList();
        var calls = all.Where(call => call.Life == life.Number).ToList();
        var isUp = watch.Look(appKey)?.Find(result.Name)?.IsStanding == true;

        // Whoever else works on the app may have brought it up again since.
        var isTheirs = watch.OthersOn(appKey) > mark.Others;
        switch (result.Outcome)
        {
            case PruneOutcome.Deactivated or PruneOutcome.AlreadyInactive when isUp && !isTheirs:
                Untrue(result, "it is up");
                break;
            // Where an answer was lost and somebody else took the revision down, nobody can tell whose call it was.
            // So it is with a call that a process was about to send, or had sent, when it was killed.
            case PruneOutcome.Deactivated when !all.Exists(call => call.TookEffect || call.MayBeLost) && !(life.Number > 1 && isTheirs):
                Untrue(result, "no call took effect");
                break;
            // A call that was refused, and that a stop rule kept from being tried again, has left the revision as it was.
            case PruneOutcome.NotAttempted when calls.Exists(call => call.TookEffect || call.MayBeLost):
                Untrue(result, "a call was served");
                break;
            case PruneOutcome.Failed or PruneOutcome.Drifted or PruneOutcome.Blocked when calls.Exists(call => call.TookEffect):
                Untrue(result, "a call of this run took effect");
                break;
            // What Azure accepts and does not show for a minute is unknown too, and reads that are behind the times do not show it.
            // Nor can anybody who was killed before him tell whether his call got through.
            case PruneOutcome.Unknown when !all.Exists(call => call.MayBeLost || call.Life < life.Number) && (calls.Count > 0 || life.Number == 1)
                && !isUp && !watch.HadStaleReads:
                Untrue(result, "every call was answered, and it is down");
                break;
        }
    }

    /// <summary>Every revision that was approved has one result. Others may have one too: what a process that was cut off had sent is told by the next.</summary>
    public void RequireOneEach(IEnumerable<string> approved)
    {
        var names = approved.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names.Where(name => _seen.GetValueOrDefault(name) != 1))
        {
            watch.Break("Every approved revision has one result", $"{name} has {_seen.GetValueOrDefault(name)}");
        }
    }

    private void Untrue(PruneResult result, string but) => watch.Break("A result is not true", $"{result.Name} is called {result.Outcome}, but {but}");
}
