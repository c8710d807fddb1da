namespace RevisionTools.Sandbox;

/// <summary>A revision that works by events, and what it needs at a poll.</summary>
internal sealed class WorkConsumer(SandboxApp app, SandboxRevision revision)
{
    internal SandboxApp App => app;

    internal SandboxRevision Revision => revision;

    /// <summary>Whatever its weight: only deactivation ends its work (ARM-FACTS 5.3).</summary>
    internal bool IsRunning => revision.Phase is RevisionPhase.Running;

    /// <summary>The replicas that its triggers ask for at this poll; the greatest wish counts.</summary>
    internal int Replicas { get; private set; }

    /// <summary>The queues it takes from, with how many waiting messages one replica is for.</summary>
    internal List<(SandboxQueue Queue, int MessagesPerReplica)> Queues { get; } = [];

    /// <summary>Whether its work moves its replicas; a Dapr subscription does not.</summary>
    internal bool Scales { get; set; }

    internal void Need(int replicas) => Replicas = Math.Max(Replicas, replicas);

    /// <summary>Each revision's scaler sees the whole queue, not the part that comes to it.</summary>
    internal void NeedForQueues()
    {
        Replicas = 0;
        foreach ((var queue, var messages) in Queues)
        {
            Need((int)Math.Min(int.MaxValue, (queue.Waiting + messages - 1) / messages));
        }
    }
}
