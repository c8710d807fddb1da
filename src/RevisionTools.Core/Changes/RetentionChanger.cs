using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Sets how many inactive revisions of an app the platform keeps.</summary>
/// <param name="azure">Azure.</param>
/// <param name="keepSince">Inactive revisions that were made or active within this span must fit into the limit; null for no such rule.</param>
/// <param name="patience">How long to wait for somebody else's operation to end and for passing trouble.</param>
/// <param name="output">Where warnings go.</param>
/// <param name="journal">Is told of the write before it is sent; null for no journal.</param>
internal sealed class RetentionChanger(IContainerApps azure, TimeSpan? keepSince, TimeSpan patience, IWorkOutput output, IPruneJournal? journal = null)
{
    /// <summary>Whether a limit that somebody has set lower meanwhile stays.</summary>
    public bool OnlyLowers { get; init; }

    /// <summary>Throws to refuse a lower limit, on the app as it was just read; null for nothing beyond the forecast.</summary>
    public Action<AppSnapshot, RetentionForecast>? Require { get; init; }

    /// <summary>When the change is let go of.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>Spreads waits.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Carries out a change that was agreed to.</summary>
    /// <exception cref="RevisionToolsException">
    /// As for <see cref="AppUpdater"/>; <see cref="FailureKind.RetentionTooLow"/> and <see cref="FailureKind.RevisionChanged"/>
    /// when the app has moved since the change was planned; <see cref="FailureKind.FileNotWritten"/> when the journal cannot be written.
    /// </exception>
    public async Task<RetentionChange> ChangeAsync(RetentionForecast approved, CancellationToken cancellationToken)
    {
        var options = new AppUpdateOptions { Activity = "Setting the limit of inactive revisions", Patience = patience, Deadline = Deadline, Random = Random };
        var update = await new LimitWriter(azure, options, journal, output)
            .SetAsync(approved.App.Id, approved.After, state => IsNeeded(approved, state), cancellationToken).ConfigureAwait(false);
        if (update.SideEffects.Count > 0)
        {
            await output.WarnAsync($"The app '{approved.App.Name}' has changed beyond its limit: {string.Join("; ", update.SideEffects)}.").ConfigureAwait(false);
        }

        var now = PurgeForecast.LimitOf(update.After.App);
        return Record(PurgeForecast.LimitOf(update.Before.App), RetentionForecast.Of(update.After.Snapshot, OnlyLowers ? Math.Min(now, approved.After) : approved.After));
    }

    private bool IsNeeded(RetentionForecast approved, AppState fresh)
    {
        var forecast = RetentionForecast.Of(fresh.Snapshot, approved.After);
        if (forecast.Before == forecast.After || (OnlyLowers && forecast.Before < forecast.After))
        {
            return false;
        }

        if (keepSince is { } span)
        {
            forecast.RequireKept(span, azure.Time.GetUtcNow());
        }

        Require?.Invoke(fresh.Snapshot, forecast);
        forecast.RequireWithin(approved);
        return true;
    }

    private static RetentionChange Record(int before, RetentionForecast forecast) => new()
    {
        ContainerAppName = forecast.App.Name,
        ResourceGroupName = forecast.App.ResourceGroupName,
        SubscriptionId = forecast.App.SubscriptionId,
        ResourceId = forecast.App.ResourceId,
        Before = before,
        After = forecast.After,
        InactiveCount = forecast.Inactive.Count,
        MayBePurged = forecast.MayBePurged,
        Message = Words(before, forecast),
    };

    private static string Words(int before, RetentionForecast forecast)
    {
        var change = forecast.After.CompareTo(before) switch
        {
            0 => $"The limit was {before} already. ",
            > 0 => "A higher limit purges nothing. ",
            _ => "",
        };
        return change + forecast.MayBePurged.Count switch
        {
            0 => "No inactive revision is beyond the limit.",
            1 => $"{forecast.MayBePurged[0].Name} is beyond the limit: Azure may purge it, late and without a date.",
            var count => $"The {count} oldest inactive revisions are beyond the limit: Azure may purge them, late and without a date.",
        };
    }
}
