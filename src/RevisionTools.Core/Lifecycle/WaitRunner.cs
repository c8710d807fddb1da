using System.Globalization;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Waits for several revisions at once; each ends by itself, with the revision as it then is or with its own failure.</summary>
internal sealed class WaitRunner(IContainerApps azure, IRevisionProbe probe, WaitCondition condition, Random random, IWorkOutput output)
{
    private readonly RevisionWaiter _waiter = new(azure, random, probe);
    private int _done;

    public Task RunAsync(IReadOnlyList<Revision> revisions, CancellationToken cancellationToken) =>
        Task.WhenAll(revisions.Select(revision => RunOneAsync(revision, revisions.Count, cancellationToken)).ToList());

    private async Task RunOneAsync(Revision revision, int count, CancellationToken cancellationToken)
    {
        if (revision.Active == false && condition.Stage != RevisionStage.Inactive)
        {
            await output.WarnAsync($"Revision '{revision.Name}' is inactive, and will not come up unless somebody activates it.").ConfigureAwait(false);
        }

        try
        {
            await output.EmitAsync(await _waiter.WaitAsync(revision.Id, condition, revision, ShowAsync, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, revision).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _done);

        ValueTask ShowAsync(WaitStatus status)
        {
            var of = count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref _done)} of {count} done; ");
            int? percent = condition.Timeout > TimeSpan.Zero ? (int)Math.Min(100, 100 * (status.Elapsed / condition.Timeout)) : null;
            return output.ProgressAsync(new WorkProgress($"Waiting until {condition.Stage}", $"{of}{revision.Name}: {status.Brief}", percent));
        }
    }
}
