namespace RevisionTools.Sandbox;

/// <summary>What has become of the work of a queue or a timer, and which revision did it.</summary>
/// <param name="Name">The queue, <c>topic/subscription</c>, or for a timer the app and its function or rule.</param>
/// <param name="IsTimer">Whether it is a timer: there every active revision does all the work, so <paramref name="Consumed"/>
/// adds up to more than <paramref name="Arrived"/> where several are active.</param>
/// <param name="Waiting">Messages that nobody has taken yet; 0 for a timer.</param>
/// <param name="Arrived">All messages so far, or how often the timer was due.</param>
/// <param name="Consumed">How many of them each revision took, by the revision's name.</param>
public sealed record SandboxQueueCount(
    string Name, bool IsTimer, long Waiting, long Arrived, IReadOnlyDictionary<string, long> Consumed)
{
    /// <summary>Messages that a replica has taken and not finished yet; what it does not finish before it ends is delivered again.</summary>
    public long InFlight { get; init; }
}
