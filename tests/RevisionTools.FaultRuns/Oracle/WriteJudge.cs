using System.Text.Json;
using RevisionTools.FaultRuns.Journal;
using RevisionTools.FaultRuns.Time;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>Says of each write of ours, in the moment in which it arrives, whether it may have been sent.</summary>
/// <param name="world">Time.</param>
/// <param name="watch">What is known of the run.</param>
/// <param name="disk">Where the journal is; null where none is kept.</param>
internal sealed class WriteJudge(World world, Watch watch, JournalDisk? disk)
{
    // Between a read and the write that rests on it lie trips over the wire and a journal's line.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(30);

    public void Require(Sent sent)
    {
        switch (sent.Path)
        {
            case { Revision: { } name, Action: "deactivate" } path when !watch.IsUndoing || disk is not null:
                RequireDeactivation(sent, path, name);
                break;
            case { Revision: { } name, Action: "activate" } path when watch.IsUndoing:
                RequireActivation(sent, path, name);
                break;
            case { IsApp: true } path when sent.Message.Method == "PATCH":
                RequireLimit(sent, path);
                break;
            default:
                watch.Break("A write that nobody asked for", $"{sent.Message.Method} {sent.Message.Path}");
                break;
        }
    }

    /// <summary>
    /// What protected the revision in every state that the call rests on must have held it back. What came after the last read and before the
    /// call nobody can see: the service has no condition that a call could carry, so the race cannot be closed by any client, and it is not
    /// held against ours.
    /// </summary>
    private void RequireDeactivation(Sent sent, AppPath path, string name)
    {
        if (!watch.IsApproved(sent.Life.Number, path.Key, name))
        {
            watch.Break("A revision was touched that was not approved", name);
        }

        RequireJournal("Deactivate", sent, path);
        var reads = FreshReads(sent, path, needsRevisions: true);
        if (reads.Count == 0)
        {
            return;
        }

        // What this prune has sent down it knows of, whatever a read has shown.
        var goesDown = watch.Marks.Where(mark => mark.Value.IsDownByUs && mark.Key.StartsWith(path.Key + "/", StringComparison.OrdinalIgnoreCase))
            .Select(mark => mark.Key[(path.Key.Length + 1)..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shield = reads.Select(read => new ShieldRules(read.Seen!, watch.Terms, goesDown, world.Now).Of(name)).Aggregate((one, other) => one & other);
        if (shield != Shield.None)
        {
            watch.Break("A protected revision was touched", $"{name} is protected by {shield}");
        }

        watch.MarkOf(path.Key, name).Routing = reads[^1].Seen!.Routing;
    }

    /// <summary>Only what the journal tells of comes back, and never another revision of its name or one that would take the live one down.</summary>
    private void RequireActivation(Sent sent, AppPath path, string name)
    {
        RequireJournal("Activate", sent, path);
        var id = sent.Message.Path[..^"/activate".Length];
        var pruned = disk!.Entries().Where(entry => entry.IsBefore && entry.IsAbout("Deactivate", id)).ToList();
        var reads = FreshReads(sent, path, needsRevisions: true);
        if (reads.Count > 0 && reads.TrueForAll(read => read.Seen!.Find(name) is not { } seen || !pruned.Exists(entry => entry.Means(seen.Created))))
        {
            watch.Break("A revision was activated that no prune had taken down", name);
        }

        if (reads.Count > 0 && reads.TrueForAll(read => read.Seen!.IsSingle))
        {
            watch.Break("A revision was activated in single-revision mode", name);
        }
    }

    /// <summary>The limit is the only thing of an app that a prune writes: down to what was asked for, and back to what it was.</summary>
    private void RequireLimit(Sent sent, AppPath path)
    {
        RequireJournal("SetMaxInactive", sent, path);
        var limit = LimitIn(sent.Message.Body);
        var reads = FreshReads(sent, path, needsRevisions: false);
        if (limit is null || reads.Count == 0)
        {
            watch.Break("A write that nobody asked for", $"a patch of {path.App}");
            return;
        }

        // A late call of the prune may arrive while the undo is at work.
        if (watch.IsUndoing && limit != watch.Terms.MaxInactive)
        {
            if (!disk!.Entries().Any(entry => entry.IsBefore && entry.IsAbout("SetMaxInactive", sent.Message.Path) && entry.From == limit && entry.To < entry.From))
            {
                watch.Break("A limit was raised to what it never was", $"{limit}");
            }
        }
        else if (limit != watch.Terms.MaxInactive || reads.TrueForAll(read => read.Seen!.MaxInactive <= limit))
        {
            watch.Break("A limit was set that nobody asked for", $"{limit}");
        }
        else if (reads.TrueForAll(read => PutsPinnedAtRisk(read.Seen!, limit.Value)))
        {
            watch.Break("A limit lets the platform purge what a name keeps", $"{limit}");
        }
    }

    private bool PutsPinnedAtRisk(AppView view, int limit)
    {
        var inactive = view.Revisions.Where(revision => !revision.IsStanding).ToList();
        return inactive.Take(inactive.Count - limit).Skip(Math.Max(0, inactive.Count - view.MaxInactive))
            .Any(revision => new ShieldRules(view, watch.Terms, new HashSet<string>(), world.Now).Of(revision.Name).HasFlag(Shield.KeptByName));
    }

    /// <summary>Before it is sent each write stands in the journal, on the disk.</summary>
    private void RequireJournal(string kind, Sent sent, AppPath path)
    {
        var id = path.Action is { } action ? sent.Message.Path[..^(action.Length + 1)] : sent.Message.Path;

        // A call that a deadline let go of arrives after the journal has said that nobody knows what becomes of it.
        if (disk is not null && disk.Entries().LastOrDefault(entry => entry.IsAbout(kind, id)) is not ({ IsBefore: true } or { Outcome: "Unknown" }))
        {
            watch.Break("A write is not in the journal", $"{kind} {id}");
        }
    }

    private List<Cause> FreshReads(Sent sent, AppPath path, bool needsRevisions)
    {
        var reads = Reads(sent.Cause, path);
        var list = reads.Find(read => AppPath.Of(read.Path!)!.IsRevisionList);
        if (!reads.Exists(read => AppPath.Of(read.Path!)!.IsApp) || (list is null && needsRevisions))
        {
            watch.Break("A write rests on no fresh read", sent.Message.Path);
            return [];
        }

        if (world.Now - (list ?? reads[^1]).At > s_fresh)
        {
            watch.Break("A write rests on an old read", sent.Message.Path);
        }

        return reads;
    }

    /// <summary>The reads of an app that a request rests on, from the last back to that of the app itself.</summary>
    private static List<Cause> Reads(Cause? last, AppPath path)
    {
        List<Cause> reads = [];
        for (var cause = last; cause is not null; cause = cause.Before)
        {
            if (cause.Seen is not null && AppPath.Of(cause.Path!) is { } about && AppView.IsSame(about.Key, path.Key))
            {
                reads.Add(cause);
                if (about.IsApp)
                {
                    break;
                }
            }
        }

        return reads;
    }

    private static int? LimitIn(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return Only(json.RootElement, "properties") is { } properties && Only(properties, "configuration") is { } configuration
            && Only(configuration, "maxInactiveRevisions") is { ValueKind: JsonValueKind.Number } limit ? limit.GetInt32() : null;
    }

    private static JsonElement? Only(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 1 && element.TryGetProperty(name, out var value) ? value : null;
}
