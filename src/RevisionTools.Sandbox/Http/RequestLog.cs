namespace RevisionTools.Sandbox;

/// <summary>The requests in order of arrival, and the counts of those under way.</summary>
internal sealed class RequestLog
{
    /// <summary>More requests than this are not kept; the oldest go first.</summary>
    internal const int Limit = 200_000;

    /// <summary>Nor more characters of addresses: those of operations have 3,500 each.</summary>
    private const long MostCharacters = 50_000_000;

    private readonly object _gate = new();
    private readonly Queue<Entry> _entries = [];
    private int _inFlight;
    private int _writes;
    private long _arrivals;
    private long _characters;

    internal int InFlight => Volatile.Read(ref _inFlight);

    internal int Writes => Volatile.Read(ref _writes);

    internal Entry Begin(SandboxRequest request)
    {
        Interlocked.Increment(ref _inFlight);
        lock (_gate)
        {
            Entry entry = new(request, ++_arrivals);
            _entries.Enqueue(entry);
            _characters += request.PathAndQuery.Length;
            while (_entries.Count > Limit || _characters > MostCharacters)
            {
                _characters -= _entries.Dequeue().Request.PathAndQuery.Length;
            }

            return entry;
        }
    }

    /// <summary>The service has seen the request.</summary>
    internal void Reached(Entry entry)
    {
        if (entry.Request.IsWrite)
        {
            Interlocked.Increment(ref _writes);
        }
    }

    internal void Answered(Entry entry, int status)
    {
        lock (_gate)
        {
            entry.Request = entry.Request with { Status = status };
        }
    }

    internal void End() => Interlocked.Decrement(ref _inFlight);

    internal IReadOnlyList<SandboxRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries.Select(entry => entry.Request)];
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _characters = 0;
            Volatile.Write(ref _writes, 0);
        }
    }

    /// <summary>A line of the log, and its number since the sandbox was made.</summary>
    internal sealed class Entry(SandboxRequest request, long number)
    {
        internal SandboxRequest Request { get; set; } = request;

        internal long Number => number;
    }
}
