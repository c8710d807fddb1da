namespace RevisionTools.Sandbox;

/// <summary>
/// A queue, or a subscription of a topic (<c>topic/subscription</c>). Its consumers compete: each message goes to one of
/// them, to old revisions as well as to new ones (ARM-FACTS 5.3).
/// </summary>
internal sealed class SandboxQueue(string name, long waiting = 0)
{
    /// <summary>What one replica gets done between two polls: a message a second.</summary>
    private const int MessagesPerPoll = EventWork.PollSeconds;

    private readonly WorkCounts _consumed = new();
    private readonly List<(SandboxRevision Revision, long Count, int Replicas)> _inFlight = [];
    private DateTimeOffset _taken;
    private long _shared;

    internal string Name => name;

    /// <summary>The Dapr app whose subscription it is; null for none. Dapr hands messages to all active revisions (ARM-FACTS 5.3).</summary>
    internal string? DaprAppId { get; init; }

    internal double ArrivalsPerMinute { get; set; }

    internal long Waiting { get; private set; } = waiting;

    /// <summary>The part of a message that has come since the last whole one.</summary>
    internal double Arriving { get; set; }

    /// <summary>All that ever came, what was waiting from the start among it; counted where it comes, so that a message that got lost would show.</summary>
    internal long Arrived { get; private set; } = waiting;

    internal List<WorkConsumer> Consumers { get; } = [];

    /// <summary>Consumers come one after the other, each with all of its triggers: one that is there already stands last.</summary>
    internal void Join(WorkConsumer consumer)
    {
        if (Consumers.LastOrDefault() != consumer)
        {
            Consumers.Add(consumer);
        }
    }

    /// <summary>What comes between two polls; parts of a message are kept for the next.</summary>
    internal void Arrive()
    {
        Arriving += ArrivalsPerMinute * EventWork.PollSeconds / 60;
        var whole = (long)Arriving;
        Arriving -= whole;
        Waiting += whole;
        Arrived += whole;
    }

    /// <summary>
    /// Ends what was taken at the poll before. A replica that is told to stop finishes what it has as long as its grace period lasts; what
    /// it leaves is delivered again.
    /// </summary>
    // unconfirmed: queues hide a message for a time of their own before they deliver it again; here it is back at the next poll.
    internal void Finish(DateTimeOffset at)
    {
        foreach (var (revision, count, replicas) in _inFlight)
        {
            var isCutOff = revision.Phase is RevisionPhase.Inactive && revision.PhaseStarted < at;
            var done = isCutOff ? Math.Clamp((long)(replicas * (revision.PhaseStarted - _taken).TotalSeconds), 0, count) : count;
            _consumed.Add(revision, done);
            Waiting += count - done;
        }

        _inFlight.Clear();
    }

    /// <summary>Shares what waits among the replicas that are up; the odd ones go round.</summary>
    internal void Share(DateTimeOffset at)
    {
        _taken = at;
        WorkConsumer[] working = [.. Consumers.Where(consumer => consumer.IsRunning && consumer.Revision.Replicas > 0)];
        long replicas = working.Sum(consumer => consumer.Revision.Replicas);
        var taken = Math.Min(Waiting, replicas * MessagesPerPoll);
        if (taken == 0)
        {
            return;
        }

        long[] shares = [.. working.Select(consumer => taken * consumer.Revision.Replicas / replicas)];
        var odd = taken - shares.Sum();
        var first = _shared % working.Length;
        for (var index = 0; index < working.Length; index++)
        {
            var place = (index - first + working.Length) % working.Length;
            var count = shares[index] + (place < odd ? 1 : 0);
            if (count > 0)
            {
                _inFlight.Add((working[index].Revision, count, working[index].Revision.Replicas));
            }
        }

        Waiting -= taken;
        _shared += taken;
    }

    internal SandboxQueueCount Count() => new(name, IsTimer: false, Waiting, Arrived, _consumed.Copy())
    {
        InFlight = _inFlight.Sum(taken => taken.Count),
    };
}
