using System.Globalization;

namespace RevisionTools.Lifecycle;

/// <summary>How far a wait is.</summary>
/// <param name="Condition">What is waited for.</param>
/// <param name="Last">What was seen last; null when nothing was yet.</param>
/// <param name="HeldFor">Since when the condition holds, as a span; null when it does not.</param>
/// <param name="Trouble">Why the last look saw nothing.</param>
/// <param name="Elapsed">How long the wait has lasted.</param>
internal sealed record WaitStatus(WaitCondition Condition, WaitLook? Last, TimeSpan? HeldFor, RevisionToolsException? Trouble, TimeSpan Elapsed)
{
    /// <summary>The last state seen, in words.</summary>
    public string LastState => string.Join("; ", Parts());

    /// <summary>How long the wait has lasted, in whole seconds.</summary>
    public TimeSpan ElapsedSeconds => TimeSpan.FromSeconds(Math.Round(Elapsed.TotalSeconds));

    /// <summary>For a progress bar: stage, replicas and elapsed.</summary>
    public string Brief => Last is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Trouble?.Kind}, looking again, {Elapsed.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Last.Revision.Stage}, {Replicas(Last)}, {Elapsed.TotalSeconds:0} s");

    private IEnumerable<string> Parts()
    {
        if (Last is { } look)
        {
            yield return $"it is {look.Revision.Stage}, {look.Revision.StageReason}";
            if (Condition.NeedsReplicas)
            {
                yield return Replicas(look);
            }

            if (Condition.ProbePath is { } path)
            {
                yield return look.Probe is { } probe ? $"'{path}' was answered with {probe}" : $"'{path}' was not asked for";
            }
        }
        else
        {
            yield return "it was never seen";
        }

        if (Condition.StableFor > TimeSpan.Zero)
        {
            yield return $"stable for {Seconds(HeldFor ?? TimeSpan.Zero)} of {Seconds(Condition.StableFor)} s";
        }

        if (Trouble is not null)
        {
            yield return $"the last look failed: {Trouble.Message}";
        }
    }

    private string Replicas(WaitLook look)
    {
        if (!Condition.NeedsReplicas)
        {
            return $"{look.Revision.Replicas ?? 0} replicas";
        }

        var old = Condition.OldReplicas(look).Count();
        var ready = $"{look.ReadyReplicas - Condition.OldReplicas(look).Count(WaitLook.IsReady)} of {Condition.WantedReplicas(look)} replicas ready";
        return old == 0 ? ready : $"{ready}, {old} old ones still there";
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
