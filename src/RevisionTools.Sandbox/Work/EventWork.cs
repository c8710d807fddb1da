namespace RevisionTools.Sandbox;

/// <summary>
/// The event work of all apps: queues, timers, and the revisions that they wake. It is polled as the platform does, every
/// 30 seconds (ARM-FACTS 5.1), at moments that do not depend on who reads when.
/// </summary>
internal sealed class EventWork(SandboxTenant tenant)
{
    internal const int PollSeconds = 30;

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(PollSeconds);

    private readonly List<SandboxQueue> _queues = [];
    private readonly Dictionary<(string Group, string App, string Trigger, string Schedule), SandboxTimer> _timers = [];
    private readonly List<WorkConsumer> _consumers = [];
    private SandboxApp[] _apps = [];
    private DateTimeOffset? _nextPoll;
    private bool _isStale = true;
    private int _knownApps;

    internal IReadOnlyList<SandboxQueue> Queues => _queues;

    /// <summary>Adds a queue; what is waiting counts as arrived.</summary>
    internal SandboxQueue AddQueue(string name, double arrivalsPerMinute, DateTimeOffset now, long waiting = 0, string? daprAppId = null)
    {
        Play(new AppLifecycle(tenant), now);
        SandboxQueue queue = new(name, waiting) { ArrivalsPerMinute = arrivalsPerMinute, DaprAppId = daprAppId };
        _queues.Add(queue);
        NoteChange(now);
        return queue;
    }

    /// <summary>
    /// Revisions, functions or queues have changed, after all up to now was played; the next poll looks who consumes what.
    /// </summary>
    internal void NoteChange(DateTimeOffset now)
    {
        _isStale = true;
        _nextPoll ??= After(now);
    }

    /// <summary>Plays all polls up to now, each after the apps were played up to it.</summary>
    internal void Play(AppLifecycle lifecycle, DateTimeOffset now)
    {
        _nextPoll ??= After(now);
        while (_nextPoll is { } at && at <= now)
        {
            Poll(lifecycle, at);
            var isIdle = _queues.Count == 0 && _timers.Count == 0;
            _nextPoll = isIdle ? After(now) : at + s_poll;
        }
    }

    internal IReadOnlyList<SandboxQueueCount> Count() =>
        [.. _queues.Select(queue => queue.Count()), .. _timers.Values.Select(timer => timer.Count())];

    private static DateTimeOffset After(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % s_poll.Ticks) + s_poll.Ticks, TimeSpan.Zero);

    private void Poll(AppLifecycle lifecycle, DateTimeOffset at)
    {
        if (_isStale || _knownApps != tenant.Apps.Count)
        {
            FindConsumers(at);
        }

        foreach (var app in _apps)
        {
            lifecycle.Play(app, at);
        }

        foreach (var queue in _queues)
        {
            queue.Finish(at);
            queue.Arrive();
        }

        foreach (var consumer in _consumers)
        {
            consumer.NeedForQueues();
        }

        foreach (var timer in _timers.Values)
        {
            timer.Play(at);
        }

        foreach (var queue in _queues)
        {
            queue.Share(at);
        }

        foreach (var consumer in _consumers.Where(consumer => consumer.IsRunning && consumer.Scales))
        {
            AppLifecycle.ScaleForEvents(consumer, at);
        }
    }

    private void FindConsumers(DateTimeOffset at)
    {
        _isStale = false;
        _knownApps = tenant.Apps.Count;
        _consumers.Clear();
        _queues.ForEach(queue => queue.Consumers.Clear());
        foreach (var timer in _timers.Values)
        {
            timer.Consumers.Clear();
        }

        foreach (var app in tenant.Apps)
        {
            foreach (var revision in app.Revisions.Where(revision => revision.IsActive))
            {
                AddConsumer(app, revision, at);
            }
        }

        _apps = [.. _consumers.Select(consumer => consumer.App).Distinct()];
    }

    private void AddConsumer(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        var hasTriggers = revision.Template.Scale.Triggers.Count > 0 || revision.Functions.Count > 0;
        if (!hasTriggers && app.DaprAppId is null)
        {
            return;
        }

        WorkConsumer consumer = new(app, revision);
        foreach (var trigger in revision.Template.Scale.Triggers.Concat(FunctionTriggers.Of(revision.Functions)))
        {
            consumer.Scales |= trigger.Schedule is null ? Listen(consumer, trigger) : Wait(consumer, trigger, trigger.Schedule, at);
        }

        if (Subscribe(consumer) || consumer.Scales)
        {
            _consumers.Add(consumer);
        }
    }

    /// <summary>ARM does not show subscriptions of Dapr, so a queue itself says whose it is.</summary>
    private bool Subscribe(WorkConsumer consumer)
    {
        var queues = consumer.App.DaprAppId is { } id
            ? _queues.FindAll(queue => id.Equals(queue.DaprAppId, StringComparison.Ordinal))
            : [];
        queues.ForEach(queue => queue.Join(consumer));
        return queues.Count > 0;
    }

    /// <summary>A queue that nobody has made has no messages, so it wakes nobody.</summary>
    private bool Listen(WorkConsumer consumer, EventTrigger trigger)
    {
        var queue = _queues.Find(queue => queue.Name.Equals(trigger.Queue, StringComparison.OrdinalIgnoreCase));
        if (queue is null)
        {
            return false;
        }

        queue.Join(consumer);
        consumer.Queues.Add((queue, trigger.MessagesPerReplica));
        return true;
    }

    /// <summary>Revisions with the same timer share what is known of it, so that their counts stand side by side.</summary>
    private bool Wait(WorkConsumer consumer, EventTrigger trigger, WorkSchedule schedule, DateTimeOffset at)
    {
        var key = (consumer.App.Group, consumer.App.Name, trigger.Name, $"{schedule}|{trigger.End}");
        if (!_timers.TryGetValue(key, out var timer))
        {
            timer = new SandboxTimer(consumer.App.Name, trigger, at - s_poll);
            _timers.Add(key, timer);
        }

        timer.Consumers.Add(consumer);
        return true;
    }
}
