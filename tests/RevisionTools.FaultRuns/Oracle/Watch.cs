using System.Globalization;
using RevisionTools.FaultRuns.Journal;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>Stands beside the service and sees every request: what must hold after each of them is looked at here.</summary>
internal sealed class Watch
{
    private readonly World _world;
    private readonly bool _isVerbose;
    private readonly Dictionary<string, Mark> _marks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _others = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(int Life, string Revision)> _approved = [];
    private readonly List<string> _lines = [];
    private readonly WriteJudge _judge;
    private ContainerAppsSandbox _sandbox = null!;
    private int _sent;
    private ulong _hash = 14695981039346656037;

    public Watch(World world, JournalDisk? disk, bool isVerbose)
    {
        (_world, _isVerbose) = (world, isVerbose);
        _judge = new WriteJudge(world, this, disk);
    }

    public PruneTerms Terms { get; set; } = new();

    /// <summary>Whether what was pruned is being undone.</summary>
    public bool IsUndoing { get; set; }

    /// <summary>What we have done to revisions, by app and name.</summary>
    public IReadOnlyDictionary<string, Mark> Marks => _marks;

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

    public void Approve(int life, string appKey, IEnumerable<string> revisions) =>
        _approved.UnionWith(revisions.Select(name => (life, $"{appKey}/{name}".ToUpperInvariant())));

    public bool IsApproved(int life, string appKey, string revision) => _approved.Contains((life, $"{appKey}/{revision}".ToUpperInvariant()));

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
            // What somebody else has brought up again stands in for others like any revision.
            if (changed is { Action: "activate", Revision: { } name } && Look(changed.Key)?.Find(name) is { IsStanding: true })
            {
                MarkOf(changed.Key, name).IsDownByUs = false;
            }

            RequireRouting(changed.Key);
        }
    }

    public void BeforeServed(Sent sent)
    {
        if (sent.Message.IsWrite)
        {
            _judge.Require(sent);
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

        return new Cause(sent.Cause, sent.Message.Path, isShown && path is not null ? Shown(path) : null, _world.Now);
    }

    /// <summary>An invariant is broken.</summary>
    public void Break(string invariant, string what)
    {
        Note($"!!!! {invariant}: {what}");
        _world.Break($"{invariant}: {what}");
    }

    public void Note(string line)
    {
        if (_isVerbose)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{_world.Now:HH:mm:ss.fff} {line}"));
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
        foreach (var letter in string.Create(CultureInfo.InvariantCulture, $"{_world.Ticks} {line}"))
        {
            _hash = (_hash ^ letter) * 1099511628211;
        }

        Note(line);
    }

    private static string Short(string path) => path[(path.IndexOf("containerApps", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at + 13 : 0)..];
}
