using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Time;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>Whether results of an undo are true in the moment in which they are given out, and one for each revision that it is about.</summary>
internal sealed class UndoCheck(Watch watch, ProcessLife life)
{
    private readonly Dictionary<string, UndoOutcome> _outcomes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What became of a revision; null where nothing was said of it.</summary>
    public UndoOutcome? OutcomeOf(string resourceId) => _outcomes.TryGetValue(Uri.UnescapeDataString(resourceId), out var outcome) ? outcome : null;

    public void Check(object item)
    {
        if (item is not PruneUndoResult { Name: { } name } result)
        {
            return;
        }

        if (!_outcomes.TryAdd(Uri.UnescapeDataString(result.ResourceId), result.Outcome))
        {
            watch.Break("Every revision of an undo has one result", $"{name} has two");
        }

        var appKey = $"{result.ResourceGroupName}/{result.ContainerAppName}";
        var mark = watch.MarkOf(appKey, name);
        var view = watch.Look(appKey);
        var revision = view?.Find(name);
        var calls = mark.Calls.Where(call => call.Life == life.Number && call.Action == "activate").ToList();

        // Whoever else works on the app may have taken it down again since, and so may the service in modes in which it chooses.
        var isTheirs = watch.OthersOn(appKey) > mark.Others || view?.Mode != "Multiple";
        switch (result.Outcome)
        {
            case UndoOutcome.Activated or UndoOutcome.AlreadyActive when revision?.IsStanding != true && !isTheirs && !watch.HadStaleReads:
                Untrue(result, "it is not up");
                break;
            case UndoOutcome.Purged when revision is not null && !watch.HadStaleReads && !isTheirs:
                Untrue(result, "it is there");
                break;
            case UndoOutcome.NotAttempted when calls.Exists(call => call.TookEffect || call.MayBeLost):
                Untrue(result, "a call was served");
                break;
            case UndoOutcome.Failed or UndoOutcome.Blocked or UndoOutcome.Replaced when calls.Exists(call => call.TookEffect):
                Untrue(result, "a call of this run took effect");
                break;
            case UndoOutcome.Unknown when !calls.Exists(call => call.MayBeLost) && revision?.IsStanding == true && !watch.HadStaleReads:
                Untrue(result, "every call was answered, and it is up");
                break;
        }
    }

    public void RequireOneEach(IEnumerable<string> planned)
    {
        foreach (var id in planned.Where(id => OutcomeOf(id) is null))
        {
            watch.Break("Every revision of an undo has one result", $"{id} has none");
        }
    }

    private void Untrue(PruneUndoResult result, string but) => watch.Break("A result is not true", $"the undo of {result.Name} is called {result.Outcome}, but {but}");
}
