using System.Globalization;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>Stands beside the service and sees every request: what must hold after each of them is looked at here.</summary>
internal sealed class Watch(World world, bool isVerbose)
{
    // Between a read and the write that rests on it lie two trips over the wire, and a journal's line.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Mark> _marks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _others = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _approved = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _lines = [];
    private ContainerAppsSandbox _sandbox = null!;
    private int _sent;
    private ulong _hash = 14695981039346656037;

    public PruneTerms Terms { get; set; } = new();

    /// <summary>The requests in order, where they are kept.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Tells two runs apart that differ in any request, its moment or its answer.</summary>
    public ulong Hash => _hash;

    public int Requests => _sent;

    /// <summary>Whether reads were ever behind the times.</summary>
    public bool HadStaleReads { get; private set; }

    public int Deactivated { get; private set; }

    public void Over(ContainerAppsSandbox sandbox) => _sandbox = sandbox;

    public int NextNumber() => ++_sent;

    public void Approve(string appKey, IEnumerable<string> revisions) => _approved.UnionWith(revisions.Select(name => $"{appKey}/{name}"));

    public Mark MarkOf(string appKey, string revision)
    {
        var key = $"{appKey}/{revision}";
        return _marks.TryGetValue(key, out var mark) ? mark : _marks[key] = new Mark();
    }

    /// <summary>How many changes others have tried on an app.</summary>
    public int OthersOn(string appKey) => _others.GetValueOrDefault(appKey);

    /// <summary>The app as it is now; null where it is gone.</summary>
    public AppView? Look(string appKey) => _sandbox.Engine.Look(now =>
    {
        _sandbox.Tenant.Settle(now);
        var parts = appKey.Split('/');
        if (_sandbox.Tenant.FindApp(parts[0], parts[1]) is not { } app)
        {
            return null;
        }

        new AppLifecycle(_sandbox.Tenant).Settle(app, now);
        return AppView.Of(app);
    });

    /// <summary>Somebody else acts.</summary>
    public void Intervene(string method, string path, string? body)
    {
        if (AppPath.Of(path) is { } about)
        {
            _others[about.Key] = OthersOn(about.Key) + 1;
        }

        _sandbox.Engine.Intervene(new SandboxIntervention { Method = method, Path = path, Body = body }, "https://management.azure.com");
        Note($"     second operator: {method} {Short(path)} {body}");
        if (AppPath.Of(path) is { } changed)
        {
            RequireRouting(changed.Key);
        }
    }

    public void BeforeServed(Sent sent)
    {
        if (!sent.Message.IsWrite || sent.Path is not { } path)
        {
            return;
        }

        switch (path)
        {
            case { Revision: { } name, Action: "deactivate" }:
                RequireAllowed(sent, path.Key, name);
                break;
            default:
                Break("A write that nobody asked for", $"{sent.Message.Method} {sent.Message.Path}");
                break;
        }
    }

    /// <returns>What the answer is the cause of.</returns>
    public Cause AfterServed(Sent sent, SandboxReply reply)
    {
        var path = sent.Path;
        var isShown = !sent.Message.IsWrite && reply is { Status: 200, Ending: ReplyEnding.Whole };
        Note(sent, reply);
        HadStaleReads |= !_sandbox.Tenant.StaleViews.IsEmpty;
        if (sent.Message.IsWrite && path is { Revision: { } name, Action: { } action })
        {
            AfterWrite(sent, reply, path.Key, name, action);
        }

        if (path is not null)
        {
            RequireRouting(path.Key);
        }

        return new Cause(sent.Cause, sent.Message.Path, isShown && path is not null ? Shown(path) : null, world.Now);
    }

    /// <summary>An invariant is broken.</summary>
    public void Break(string invariant, string what)
    {
        Note($"!!!! {invariant}: {what}");
        world.Break($"{invariant}: {what}");
    }

    public void Note(string line)
    {
        if (isVerbose)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{world.Now:HH:mm:ss.fff} {line}"));
        }
    }

    /// <summary>No app with ingress has its effective weight on a revision that we took down, unless somebody else moved it there since.</summary>
    private void RequireRouting(string appKey)
    {
        if (Look(appKey) is not { HasIngress: true, IsSingle: false } view)
        {
            return;
        }

        foreach (var revision in view.Revisions)
        {
            // Whoever has moved the traffic after we had read it for the last time has moved it to a revision that was going down.
            if (_marks.TryGetValue($"{appKey}/{revision.Name}", out var mark) && mark.IsDownByUs && mark.Created == revision.Created
                && !revision.IsStanding && view.EffectiveWeight(revision.Name) is > 0 and var weight && mark.Routing == view.Routing)
            {
                Break("Traffic goes to a revision that we took down", $"{revision.Name} has {weight} %");
            }
        }
    }

    /// <summary>
    /// Our deactivation has arrived. What protected the revision in every state that the call rests on must have held it back. What came
    /// after the last read and before the call nobody can see: the service has no condition that a call could carry, so the race cannot be
    /// closed by any client, and it is not held against ours.
    /// </summary>
    private void RequireAllowed(Sent sent, string appKey, string name)
    {
        if (!_approved.Contains($"{appKey}/{name}"))
        {
            Break("A revision was touched that was not approved", name);
        }

        var reads = Reads(sent.Cause, sent.Path!);
        if (!reads.Exists(read => AppPath.Of(read.Path!)!.IsApp) || !reads.Exists(read => AppPath.Of(read.Path!)!.IsRevisionList))
        {
            Break("A write rests on no fresh read", name);
            return;
        }

        if (world.Now - reads.Find(read => AppPath.Of(read.Path!)!.IsRevisionList)!.At > s_fresh)
        {
            Break("A write rests on an old read", name);
        }

        // What this prune has sent down it knows of, whatever a read has shown.
        var goesDown = _marks.Where(mark => mark.Value.IsDownByUs && mark.Key.StartsWith(appKey + "/", StringComparison.OrdinalIgnoreCase))
            .Select(mark => mark.Key[(appKey.Length + 1)..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shield = reads.Select(read => new ShieldRules(read.Seen!, Terms, goesDown, world.Now).Of(name)).Aggregate((one, other) => one & other);
        if (shield != Shield.None)
        {
            Break("A protected revision was touched", $"{name} is protected by {shield}");
        }

        MarkOf(appKey, name).Routing = reads[^1].Seen!.Routing;
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

    private void AfterWrite(Sent sent, SandboxReply reply, string appKey, string name, string action)
    {
        var accepted = reply.Status is >= 200 and < 300;
        var isUnseen = reply.Ending != ReplyEnding.Whole;
        var mark = MarkOf(appKey, name);
        var view = Look(appKey)?.Find(name);
        var isDown = view is { IsStanding: false };
        var tookEffect = action == "deactivate" ? (accepted || isUnseen) && isDown : (accepted || isUnseen) && view is { IsStanding: true };
        mark.Calls.Add(new ServedCall(sent.Life.Number, action, tookEffect, isUnseen || reply.Status is >= 500 or 408 || (accepted && !EndsAsText(reply))));
        if (tookEffect && view is not null)
        {
            Deactivated += action == "deactivate" && !mark.IsDownByUs ? 1 : 0;
            mark.Created = view.Created;
            mark.IsDownByUs = action == "deactivate";
            mark.Others = OthersOn(appKey);
        }
    }

    private static bool EndsAsText(SandboxReply reply) => reply.Body.Length == 0 || reply.Body[^1] == (byte)'"';

    /// <summary>The app as the answer has shown it, which may be behind the times.</summary>
    private AppView? Shown(AppPath path) => _sandbox.Engine.Look(now =>
        _sandbox.Tenant.StaleViews.See(path.Group, path.App, _sandbox.Tenant.FindApp(path.Group, path.App), now) is { } app ? AppView.Of(app) : null);

    private void Note(Sent sent, SandboxReply reply)
    {
        var line = $"#{sent.Number} p{sent.Life.Number} {sent.Message.Method} {Short(sent.Message.Path)} -> {(reply.Ending == ReplyEnding.Whole ? reply.Status.ToString(CultureInfo.InvariantCulture) : reply.Ending)}";
        foreach (var letter in string.Create(CultureInfo.InvariantCulture, $"{world.Ticks} {line}"))
        {
            _hash = (_hash ^ letter) * 1099511628211;
        }

        Note(line);
    }

    private static string Short(string path) => path[(path.IndexOf("containerApps", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at + 13 : 0)..];
}
