namespace RevisionTools.Sandbox;

/// <summary>A timer or a window of time. Every active revision that has it fires its own, so the work is done twice and more.</summary>
// unconfirmed: that each active revision has a timer host of its own is inference (ARM-FACTS 8).
internal sealed class SandboxTimer
{
    private readonly WorkCounts _fired = new();
    private readonly string _name;
    private readonly EventTrigger _trigger;
    private DateTimeOffset? _next;
    private DateTimeOffset? _closes;
    private long _occasions;
    private bool _isOpen;

    internal SandboxTimer(string app, EventTrigger trigger, DateTimeOffset from)
    {
        _name = $"{app}/{trigger.Name}";
        _trigger = trigger;
        _next = trigger.Schedule?.Next(from);
        _closes = trigger.End?.Next(from);

        // A window is open when it closes before it opens again.
        _isOpen = _closes < _next;
    }

    internal List<WorkConsumer> Consumers { get; } = [];

    /// <summary>Plays what is due up to now, each time at its turn; a window asks for its replicas as long as it is open.</summary>
    internal void Play(DateTimeOffset now)
    {
        var hasFired = false;
        while (_next <= now || _closes <= now)
        {
            if (_closes is not null && !(_next < _closes))
            {
                _isOpen = false;
                _closes = _trigger.End?.Next(_closes.Value);
            }
            else
            {
                Fire();
                hasFired = true;
                _isOpen = _trigger.End is not null;
                _next = _trigger.Schedule?.Next(_next!.Value);
            }
        }

        foreach (var consumer in Consumers)
        {
            consumer.Need(_isOpen || hasFired ? _trigger.Replicas : 0);
        }
    }

    internal SandboxQueueCount Count() => new(_name, IsTimer: true, Waiting: 0, _occasions, _fired.Copy());

    private void Fire()
    {
        _occasions++;
        foreach (var consumer in Consumers)
        {
            if (consumer.IsRunning)
            {
                _fired.Add(consumer.Revision, 1);
            }
        }
    }
}
