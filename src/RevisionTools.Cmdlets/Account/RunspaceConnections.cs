using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Account;

/// <summary>
/// The connections of one runspace by name, and which of them its commands use when they name none. Nothing outlives the runspace: Azure
/// Automation runs jobs of several people in one process.
/// </summary>
internal sealed class RunspaceConnections
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceConnections> s_all = [];
    private readonly object _gate = new();
    private readonly List<AcaContext> _contexts = [];
    private readonly List<WeakReference<LiveConnection>> _replaced = [];
    private AcaContext? _default;

    private RunspaceConnections()
    {
    }

    /// <summary>Those of the runspace that the calling pipeline runs in; null on threads without one, and where there never was any.</summary>
    public static RunspaceConnections? Current =>
        Runspace.DefaultRunspace is { } runspace && s_all.TryGetValue(runspace, out var connections) ? connections : null;

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<AcaContext> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _contexts];
            }
        }
    }

    public AcaContext? Default
    {
        get
        {
            lock (_gate)
            {
                return _default;
            }
        }
    }

    /// <summary>Those of the runspace that the calling pipeline runs in, made where there are none yet.</summary>
    public static RunspaceConnections OfThisRunspace() => s_all.GetValue(Runspace.DefaultRunspace, Create);

    /// <summary>Stands for the default connection where there is none.</summary>
    public static AcaContext NoDefault() => AcaContext.Missing(Current?.All is { Count: > 0 } others
        ? $"No connection of this runspace is its default. Give -Context, or make one the default with Connect-AcaAccount -Context: {Listed(others)}."
        : "There is no connection in this runspace. Run Connect-AcaAccount, or Connect-AcaAccount -Sandbox to try without Azure.");

    /// <summary>The connection of this runspace that has the name, or what says that there is none.</summary>
    public static AcaContext Named(string name) => Current?.Find(name) ?? AcaContext.Missing(Current?.All is { Count: > 0 } others
        ? $"This runspace has no connection '{SafeText.Clean(name)}'. It has {Listed(others)}."
        : $"This runspace has no connection '{SafeText.Clean(name)}', nor any other. Run Connect-AcaAccount.");

    public bool IsDefault(AcaContext context) => Default is { } chosen && IsSame(chosen, context);

    /// <summary>Whether the connection, under its name, is one of these.</summary>
    public bool Holds(AcaContext context) => All.Any(held => IsSame(held, context));

    public AcaContext? Find(string name)
    {
        lock (_gate)
        {
            return _contexts.Find(context => Names.Same(context.Name, name));
        }
    }

    /// <summary>Puts a connection in place of the one with its name, if there is one, and makes it the default.</summary>
    public void Use(AcaContext context)
    {
        lock (_gate)
        {
            var place = _contexts.FindIndex(other => Names.Same(other.Name, context.Name));
            if (place < 0)
            {
                _contexts.Add(context);
            }
            else
            {
                Replace(place, context);
            }

            _default = context;
        }
    }

    /// <summary>
    /// A name for a connection that was given none: its subscription's, else its account's, else its cloud's, so that signing in again renews a
    /// connection. One that is taken by another sign-in is made longer.
    /// </summary>
    public string NameFor(AcaContext context)
    {
        var name = context.SubscriptionName ?? context.Account ?? context.Environment;
        string[] candidates = [name, $"{name} ({context.Account ?? context.Environment})"];
        return candidates.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{candidates[1]} {number}"))
            .First(candidate => Find(candidate) is not { } other || IsSameSignIn(other, context));
    }

    /// <summary>Closes a connection of this runspace; one that is none is left alone.</summary>
    public bool Close(AcaContext context)
    {
        lock (_gate)
        {
            if (_contexts.RemoveAll(held => IsSame(held, context)) == 0)
            {
                return false;
            }

            _default = IsDefault(context) ? null : _default;
        }

        context.Live?.Close();
        return true;
    }

    public void CloseAll()
    {
        foreach (var context in All)
        {
            Close(context);
        }

        lock (_gate)
        {
            foreach (var replaced in _replaced)
            {
                if (replaced.TryGetTarget(out var live))
                {
                    live.Close();
                }
            }

            _replaced.Clear();
        }
    }

    // Whoever still holds the context before may go on with it, for as long as these connections last.
    private void Replace(int place, AcaContext context)
    {
        var before = _contexts[place].Live;
        _contexts[place] = context;
        _replaced.RemoveAll(replaced => !replaced.TryGetTarget(out _));
        if (before is not null && !_contexts.Exists(held => ReferenceEquals(held.Live, before)))
        {
            _replaced.Add(new WeakReference<LiveConnection>(before));
        }
    }

    private static string Listed(IReadOnlyList<AcaContext> contexts) => string.Join(", ", contexts.Select(context => $"'{context.Name}'"));

    private static bool IsSame(AcaContext one, AcaContext other) => ReferenceEquals(one.Live, other.Live) && Names.Same(one.Name, other.Name);

    private static bool IsSameSignIn(AcaContext one, AcaContext other) =>
        (one.Endpoint, one.SubscriptionId, one.TenantId, one.Account) == (other.Endpoint, other.SubscriptionId, other.TenantId, other.Account)
        && one.IsSandbox == other.IsSandbox;

    private static RunspaceConnections Create(Runspace runspace)
    {
        var connections = new RunspaceConnections();

        // A variable may hold a closed runspace for long.
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                connections.CloseAll();
            }
        };
        return connections;
    }
}
