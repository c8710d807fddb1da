using RevisionTools.Lifecycle;

namespace RevisionTools.Changes;

/// <summary>How a change of an app is carried out.</summary>
internal sealed record AppUpdateOptions
{
    /// <summary>What the progress bar says is being done.</summary>
    public required string Activity { get; init; }

    /// <summary>How long to wait for somebody else's operation to end and for passing trouble, before the change is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When a change of the limit of inactive revisions is let go of; what was sent by then may still take effect.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>Of which revisions, by full name, it is meant that they appear, come up or go down.</summary>
    public Func<string, bool> IsMeant { get; init; } = _ => false;

    /// <summary>Told right before each try is sent, with the app as it was just read; what it throws stops the change.</summary>
    public Func<AppState, CancellationToken, ValueTask> OnSending { get; init; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>Told when Azure has taken the change and carried it out, before it is looked for.</summary>
    public Action OnAccepted { get; init; } = () => { };

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
