using System.IO.Enumeration;

namespace RevisionTools.Sandbox;

/// <summary>The faults that are still to come, in order of injection, and the gate of the held requests.</summary>
internal sealed class FaultPlan(SandboxRandom random)
{
    private readonly object _gate = new();
    private readonly List<Planned> _planned = [];
    private TaskCompletionSource _release = NewRelease();
    private int _added;

    internal void Add(SandboxFault fault)
    {
        lock (_gate)
        {
            _planned.Add(new Planned(fault, ++_added) { SkipsLeft = fault.Skip, TimesLeft = fault.Times });
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
        }
    }

    /// <summary>The fault that this request meets, used up by one, or null; and what is done at the next release.</summary>
    internal (SandboxFault? Fault, Task Released) Take(string method, string path)
    {
        lock (_gate)
        {
            foreach (var planned in _planned)
            {
                if (planned.TimesLeft > 0 && Matches(planned.Fault, method, Uri.UnescapeDataString(path)) &&
                    !planned.Skips() && planned.Strikes(random, $"{method} {path}"))
                {
                    planned.TimesLeft -= planned.Fault.Times == int.MaxValue ? 0 : 1;
                    return (planned.Fault, _release.Task);
                }
            }

            return (null, _release.Task);
        }
    }

    /// <summary>What is left of the faults that are data alone.</summary>
    internal IReadOnlyList<SandboxFault> Left()
    {
        lock (_gate)
        {
            return
            [
                .. _planned.Where(planned => planned is { TimesLeft: > 0, Fault: { Before: null, After: null } })
                    .Select(planned => planned.Fault with { Times = planned.TimesLeft, Skip = planned.SkipsLeft }),
            ];
        }
    }

    internal void ReleaseHeld()
    {
        TaskCompletionSource released;
        lock (_gate)
        {
            released = _release;
            _release = NewRelease();
        }

        released.SetResult();
    }

    private static TaskCompletionSource NewRelease() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool Matches(SandboxFault fault, string method, string path) =>
        (fault.Method is null || fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase)) &&
        (fault.Path is null || MatchesPath(fault.Path, path));

    private static bool MatchesPath(string pattern, string path) =>
        pattern.StartsWith('/') || pattern.AsSpan().ContainsAny('*', '?')
            ? FileSystemName.MatchesSimpleExpression(pattern, path)
            : path.Contains(pattern, StringComparison.OrdinalIgnoreCase);

    private sealed class Planned(SandboxFault fault, int number)
    {
        private const int Million = 1_000_000;

        private readonly Dictionary<string, int> _met = [];

        internal SandboxFault Fault => fault;

        internal int SkipsLeft { get; set; }

        internal int TimesLeft { get; set; }

        internal bool Skips() => SkipsLeft > 0 && SkipsLeft-- > 0;

        /// <summary>Draws for the n-th request of its kind, so that the order of unlike requests does not matter.</summary>
        internal bool Strikes(SandboxRandom random, string request)
        {
            if (fault.Chance >= 1)
            {
                return true;
            }

            var count = _met[request] = _met.GetValueOrDefault(request) + 1;
            return random.Between(0, Million - 1, $"fault/{number}/{request}/{count}") < fault.Chance * Million;
        }
    }
}
