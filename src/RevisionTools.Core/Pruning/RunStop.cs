using System.Globalization;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>The rules that end a run before all of it is done: what is under way comes to its end, and nothing new is begun.</summary>
/// <param name="deadline">When that is.</param>
/// <param name="maxFailure">After how many failures that is; null for no such rule.</param>
/// <param name="journal">The journal, without which nothing may be sent.</param>
internal sealed class RunStop(RunDeadline deadline, int? maxFailure, IPruneJournal? journal)
{
    private int _failures;

    /// <summary>Counts a failure.</summary>
    public void Fail() => Interlocked.Increment(ref _failures);

    /// <summary>Why nothing new may begin; null while it may.</summary>
    public string? Why() => journal?.Failure is not null ? "the journal could not be written"
        : Volatile.Read(ref _failures) >= maxFailure ? string.Create(CultureInfo.InvariantCulture, $"{maxFailure} had failed (MaxFailure)")
        : deadline.IsOver ? $"the deadline of {deadline.Span} had come"
        : null;

    /// <summary>Says that a rule has ended the run, and how to go on.</summary>
    /// <param name="left">How many had no turn.</param>
    /// <param name="what">What they are.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>, where the journal ended it.</exception>
    public async ValueTask TellAsync(int left, string what, IWorkOutput output)
    {
        if (journal?.Failure is { } failure)
        {
            throw failure;
        }

        if (left > 0 && Why() is { } why)
        {
            await output.WarnAsync($"Stopped early: {why}. {left} {what}{(left == 1 ? " is" : "s are")} left; the same command goes on from here.")
                .ConfigureAwait(false);
        }
    }
}
