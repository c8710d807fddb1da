namespace RevisionTools.Lifecycle;

/// <summary>
/// Puts the functions of function apps in the place of the one consumer that stands for all that is not known of them: one consumer for each
/// function that takes work past the traffic weights. One call for each revision, since functions are listed by revision alone.
/// </summary>
/// <remarks>ARM-FACTS section 8. What a function listens to is shown nowhere, so two are the same when name and trigger are.</remarks>
internal sealed class FunctionConsumers(IContainerApps azure)
{
    private const int CallsAtOnce = 4;

    /// <param name="snapshot">The app as it was read.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    /// <returns>The app with the functions of its active revisions, and of which revisions they could not be read, with the reason. Those keep
    /// the consumer that stands for all, and nothing can be proved of them.</returns>
    public async Task<(AppSnapshot Snapshot, IReadOnlyDictionary<string, RevisionToolsException> Unread)> JoinAsync(
        AppSnapshot snapshot, CancellationToken cancellationToken) =>
        await JoinAsync(snapshot, revision => revision.Active != false, known: null, cancellationToken).ConfigureAwait(false);

    /// <summary>The same with fewer calls.</summary>
    /// <param name="snapshot">The app as it was read.</param>
    /// <param name="isAsked">Of which revisions the functions are read.</param>
    /// <param name="known">The app as it was read before, whose functions stand for those of other revisions.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<(AppSnapshot Snapshot, IReadOnlyDictionary<string, RevisionToolsException> Unread)> JoinAsync(
        AppSnapshot snapshot, Func<Revision, bool> isAsked, AppSnapshot? known, CancellationToken cancellationToken)
    {
        var unread = new Dictionary<string, RevisionToolsException>(StringComparer.OrdinalIgnoreCase);
        if (!snapshot.App.IsFunctionApp)
        {
            return (snapshot, unread);
        }

        var joined = snapshot.Revisions.ToArray();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, joined.Length), parallelism, async (index, token) =>
        {
            var revision = joined[index];
            if (isAsked(revision))
            {
                var (functions, failure) = await TryReadAsync(revision, token).ConfigureAwait(false);
                joined[index] = functions is null ? revision : Join(snapshot.App, revision, functions);
                if (failure is not null)
                {
                    lock (unread)
                    {
                        unread[revision.Name] = failure;
                    }
                }
            }
            else if (known?.Find(revision.Name) is { } before && before.CreatedTime == revision.CreatedTime)
            {
                joined[index] = WithConsumers(revision, before.EventConsumers);
            }
        }).ConfigureAwait(false);
        return (new AppSnapshot(snapshot.App, joined), unread);
    }

    /// <summary>A revision whose functions are known.</summary>
    public static Revision Join(ContainerApp app, Revision revision, IEnumerable<FunctionResource> functions)
    {
        var consumers = functions.Where(Consumes).Select(function => new EventConsumer
        {
            Kind = EventConsumerKind.FunctionApp,
            Type = function.TriggerType ?? FunctionScaling.UnknownSource,
            Name = function.Name,
        });
        return WithConsumers(
            revision,
            EventConsumerRules.AtLeastTheProcess(app, [.. consumers, .. revision.EventConsumers.Where(consumer => consumer.Kind != EventConsumerKind.FunctionApp)]));
    }

    // Which state Azure gives a function is open: only one that is surely off does not run.
    private static bool Consumes(FunctionResource function) =>
        FunctionScaling.ConsumesEvents(function.TriggerType) && !Names.Same(function.State, "Disabled");

    /// <summary>What feeds a revision decides on its stage as well.</summary>
    private static Revision WithConsumers(Revision revision, IReadOnlyList<EventConsumer> consumers)
    {
        var joined = revision with { EventConsumers = consumers };
        var (stage, reason) = StageRules.Of(joined);
        return joined with { Stage = stage, StageReason = reason };
    }

    /// <summary>Without a sign-in or a connection nothing else works either; any other failure leaves the functions unknown.</summary>
    private async Task<(IReadOnlyList<FunctionResource>? Functions, RevisionToolsException? Failure)> TryReadAsync(Revision revision, CancellationToken cancellationToken)
    {
        List<FunctionResource> functions = [];
        try
        {
            await foreach (var function in azure.ListFunctionsAsync(revision.Id.App, revision.Name, cancellationToken).ConfigureAwait(false))
            {
                functions.Add(function);
            }

            return (functions, null);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not (FailureKind.AuthenticationFailed or FailureKind.ConnectionFailed))
        {
            return (null, failure);
        }
    }
}
