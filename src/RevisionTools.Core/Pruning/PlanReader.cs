using System.Collections.Concurrent;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Reads the apps of scopes, several at a time, and plans a prune of each. What cannot be read is reported, and the others go on.</summary>
internal sealed class PlanReader(IContainerApps azure, IWorkOutput output)
{
    private readonly PruneWorldReader _reader = new(azure);

    /// <returns>The plans in the order in which the apps were found.</returns>
    public async Task<IReadOnlyList<PrunePlan>> ReadAsync(
        IEnumerable<AppScope> scopes, PruneRequest request, int throttleLimit, CancellationToken cancellationToken)
    {
        var apps = await FindAsync(scopes, cancellationToken).ConfigureAwait(false);
        var plans = new ConcurrentDictionary<ContainerAppId, PrunePlan>();
        var read = 0;
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(apps, parallelism, async (item, token) =>
        {
            await output.GuardAsync(item.Id.Path, async () =>
            {
                // Found by a list that may be minutes old in a large fleet: the plan is made from the app as it is now.
                var world = await _reader.ReadAsync(item.Id, request, token).ConfigureAwait(false);
                await ReportMissingAsync(item.Selected, world.Snapshot).ConfigureAwait(false);
                var plan = PrunePlanner.Plan(world, request, azure.Time.GetUtcNow(), item.Selected);
                RefuseToKeepNothing(plan);
                plans[item.Id] = plan;
                await WarnAsync(plan).ConfigureAwait(false);
            }).ConfigureAwait(false);

            var done = Interlocked.Increment(ref read);
            await output.ProgressAsync(new WorkProgress("Planning a prune", $"{done} of {apps.Count}: {item.Id.Name}", 100 * done / apps.Count))
                .ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. apps.Where(item => plans.ContainsKey(item.Id)).Select(item => plans[item.Id])];
    }

    private async ValueTask WarnAsync(PrunePlan plan)
    {
        var world = plan.World;
        if (EventSourceMap.Warning(world.Snapshot.App, plan.DoubleConsumers) is { } warning)
        {
            await output.WarnAsync(warning).ConfigureAwait(false);
        }

        if (world.UnreadFunctions.Count > 0)
        {
            var (name, failure) = world.UnreadFunctions.OrderBy(unread => unread.Key, StringComparer.OrdinalIgnoreCase).First();
            var others = world.UnreadFunctions.Count == 1 ? "" : $" and {world.UnreadFunctions.Count - 1} more";
            await output.WarnAsync(
                $"The functions of {name}{others} could not be read, so these count as event consumers, and nothing is handed over to them: {failure.Message}")
                .ConfigureAwait(false);
        }
    }

    /// <summary>A name that is mistyped, a label that no app has, a check that could not look: each would prune all that no interlock protects.</summary>
    private static void RefuseToKeepNothing(PrunePlan plan)
    {
        if (plan.Policy.MayFindNothing && plan.DeactivateCount > 0 && !new KeepRules(plan.Policy, plan.World, plan.CreatedTime).KeepAny)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidRetentionRule,
                $"The policy ({plan.Policy}) keeps no active revision of '{plan.ContainerAppName}': there is none of such a name, label or readiness, and no other rule keeps one.")
            {
                ResourceId = plan.ResourceId,
            };
        }
    }

    private async Task<IReadOnlyList<(ContainerAppId Id, HashSet<string>? Selected)>> FindAsync(
        IEnumerable<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<ContainerAppId> order = [];
        Dictionary<ContainerAppId, HashSet<string>?> selected = [];
        foreach (var scope in scopes)
        {
            if (scope is { ResourceGroupName: { } group, AppName: { } name } && !NamePattern.IsPattern(group) && !NamePattern.IsPattern(name))
            {
                Add(new ContainerAppId(scope.SubscriptionId, group, name), scope.RevisionName);
                continue;
            }

            await new ScopeReader(azure, output).ForEachAppAsync(
                [scope],
                (app, _) =>
                {
                    Add(app.Id, scope.RevisionName);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return [.. order.Select(id => (id, selected[id]))];

        // An app that was named as a whole is meant as a whole, whatever revisions of it were named beside that.
        void Add(ContainerAppId id, string? revisionName)
        {
            if (!selected.TryGetValue(id, out var names))
            {
                order.Add(id);
                selected[id] = revisionName is null ? null : new HashSet<string>([revisionName], StringComparer.OrdinalIgnoreCase);
            }
            else if (revisionName is null)
            {
                selected[id] = null;
            }
            else
            {
                names?.Add(revisionName);
            }
        }
    }

    private async ValueTask ReportMissingAsync(HashSet<string>? selected, AppSnapshot snapshot)
    {
        foreach (var name in selected ?? [])
        {
            if (snapshot.Find(name) is null)
            {
                var id = new RevisionId(snapshot.App.Id, name);
                await output.FailAsync(RevisionStateChanger.NotFound(id), id.Path).ConfigureAwait(false);
            }
        }
    }
}
