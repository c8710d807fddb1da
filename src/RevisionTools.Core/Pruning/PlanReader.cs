using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Reads the apps of scopes, several at a time, and plans a prune of each. What cannot be read is reported, and the others go on.</summary>
internal sealed class PlanReader(IContainerApps azure, IWorkOutput output)
{
    private readonly PruneWorldReader _reader = new(azure);

    /// <summary>The cloud of the connection, or <c>Sandbox</c>.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The moment for which is planned; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <returns>The plans in the order in which the apps were found.</returns>
    public async Task<IReadOnlyList<PrunePlan>> ReadAsync(
        IEnumerable<AppScope> scopes, PruneRequest request, int throttleLimit, CancellationToken cancellationToken)
    {
        var apps = await FindAsync(scopes, cancellationToken).ConfigureAwait(false);
        return await PlansInParallel.MakeAsync(
            apps, item => item.Id, (item, token) => PlanAsync(item.Id, item.Selected, request, token), "Planning a prune", throttleLimit, output, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<PrunePlan> PlanAsync(ContainerAppId id, HashSet<string>? selected, PruneRequest request, CancellationToken cancellationToken)
    {
        // Found by a list that may be minutes old in a large fleet: the plan is made from the app as it is now.
        var world = await _reader.ReadAsync(id, request, cancellationToken).ConfigureAwait(false);
        await ReportMissingAsync(selected, world.Snapshot).ConfigureAwait(false);
        var plan = PrunePlanner.Plan(world, request, AsOf ?? azure.Time.GetUtcNow(), selected, AsOf is not null) with { Cloud = Cloud };
        RefuseToKeepNothing(plan);
        await WarnAsync(plan).ConfigureAwait(false);
        return plan;
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
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionRule"/></exception>
    internal static void RefuseToKeepNothing(PrunePlan plan)
    {
        if (plan.Policy.MayFindNothing && plan.DeactivateCount > 0 && !new KeepRules(plan.Policy, plan.World, plan.CreatedTime, plan.AsOf is not null).KeepAny)
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

            var matches = 0;
            await new ScopeReader(azure, output).ForEachAppAsync(
                [scope],
                (app, _) =>
                {
                    matches++;
                    Add(app.Id, scope.RevisionName);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            if (matches == 0)
            {
                await output.VerboseAsync($"No app matches '{scope.AppName ?? "*"}'{(scope.ResourceGroupName is { } of ? $" in resource group '{of}'" : "")}.").ConfigureAwait(false);
            }
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
