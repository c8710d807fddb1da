using RevisionTools.Accounts;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary>One prune of a scenario's fleet, through the same client, planner and runner that work on Azure.</summary>
internal sealed class Rehearsal(SandboxScenario scenario, PruneRequest request, string appName)
{
    /// <summary>Of calls side by side the machine would decide the order, and one rehearsal would not be like the other.</summary>
    private const int OneByOne = 1;

    // A fixed beginning where the scenario has none, so that one rehearsal is like the other.
    private static readonly DateTimeOffset s_start = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.ContainerAppNotFound"/> when no app of the fleet matches.</exception>
    public async Task<RehearsalReport> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        using ContainerAppsSandbox sandbox = new(new SandboxClock(scenario.Time ?? s_start), scenario);
        var connection = await Connection
            .ConnectAsync(ConnectionSettings.ForSandbox(sandbox, sandbox.Clock, sandbox.SubscriptionId), cancellationToken).ConfigureAwait(false);
        IContainerApps azure = connection.Client;
        AppScope[] scopes = [new(sandbox.SubscriptionId, null, appName)];
        var output = new CollectingOutput();
        var fleet = await ReadFleetAsync(azure, scopes, output, cancellationToken).ConfigureAwait(false);
        var plans = await PlanAsync(azure, scopes, output, cancellationToken).ConfigureAwait(false);
        if (planOnly)
        {
            return Report([], []);
        }

        var approved = plans.Select(ApprovedPrune.Whole).ToList();
        var options = new PruneRunOptions { WaitTimeout = TimeSpan.FromHours(1), ThrottleLimit = OneByOne };
        await new PruneRunner(azure, options, output).RunAsync(approved, cancellationToken).ConfigureAwait(false);

        var after = await PlanAsync(azure, scopes, output, cancellationToken).ConfigureAwait(false);
        return Report(output.Results<PruneResult>(), after);

        RehearsalReport Report(IReadOnlyList<PruneResult> results, IReadOnlyList<PrunePlan> afterwards) => new()
        {
            Policy = request.Policy.ToString(),
            Fleet = fleet,
            Plans = plans,
            Results = results,
            Afterwards = afterwards,
            Warnings = output.Warnings,
            Failures = output.Failures,
            Writes = sandbox.WriteCount,
        };
    }

    private Task<IReadOnlyList<PrunePlan>> PlanAsync(
        IContainerApps azure, AppScope[] scopes, CollectingOutput output, CancellationToken cancellationToken) =>
        new PlanReader(azure, output).ReadAsync(scopes, request, OneByOne, cancellationToken);

    private async Task<IReadOnlyList<AppSnapshot>> ReadFleetAsync(
        IContainerApps azure, AppScope[] scopes, CollectingOutput output, CancellationToken cancellationToken)
    {
        List<AppSnapshot> fleet = [];
        var reader = new SnapshotReader(azure);
        await new ScopeReader(azure, output).ForEachAppAsync(
            scopes,
            async (app, _) => fleet.Add(await reader.ReadAsync(app, cancellationToken).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return fleet.Count > 0
            ? fleet
            : throw new RevisionToolsException(FailureKind.ContainerAppNotFound, $"There is no app '{appName}' in the fleet.");
    }
}
