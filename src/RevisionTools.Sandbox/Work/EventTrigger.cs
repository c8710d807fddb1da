namespace RevisionTools.Sandbox;

/// <summary>What wakes a revision besides requests: a queue, a timer, or a window of time (ARM-FACTS 5.1, 5.3, 8).</summary>
/// <param name="Name">The name of the rule or function.</param>
internal sealed record EventTrigger(string Name)
{
    /// <summary>The queue, topic or hub; null for a timer.</summary>
    internal string? Queue { get; private init; }

    /// <summary>How many waiting messages one replica is for.</summary>
    internal int MessagesPerReplica { get; private init; }

    /// <summary>When a timer fires, or when a window opens.</summary>
    internal WorkSchedule? Schedule { get; private init; }

    /// <summary>When a window closes; null for a timer.</summary>
    internal WorkSchedule? End { get; private init; }

    /// <summary>The replicas that a timer or an open window asks for.</summary>
    internal int Replicas { get; private init; }

    internal static EventTrigger OfQueue(string name, string queue, int messagesPerReplica) =>
        new(name) { Queue = queue, MessagesPerReplica = messagesPerReplica };

    internal static EventTrigger OfTimer(string name, WorkSchedule schedule) => new(name) { Schedule = schedule, Replicas = 1 };

    internal static EventTrigger OfWindow(string name, WorkSchedule start, WorkSchedule end, int replicas) =>
        new(name) { Schedule = start, End = end, Replicas = replicas };
}
