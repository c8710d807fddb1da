using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Reads the functions of function apps.</summary>
internal sealed class FunctionReader(IContainerApps azure, IWorkOutput output)
{
    private const int InternalServerError = 500;

    private readonly ScopeReader _reader = new(azure, output);

    /// <summary>
    /// Emits the functions whose names match: those of the latest revision where the scope names none, those of every active one where it
    /// has a pattern. What is not there is reported, and the others go on.
    /// </summary>
    /// <param name="scopes">The apps, and which of their revisions.</param>
    /// <param name="names">Names of functions, or patterns.</param>
    /// <param name="passOver">Whether apps of other kinds are passed over, also where a scope names one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task ReadAsync(IEnumerable<AppScope> scopes, IReadOnlyList<string> names, bool passOver, CancellationToken cancellationToken) =>
        _reader.ForEachAppAsync(
            scopes, (app, scope) => app.IsFunctionApp || !(passOver || scope.SpansApps) ? ReadAppAsync(app, scope, names, cancellationToken) : Task.CompletedTask, cancellationToken);

    private async Task ReadAppAsync(ContainerApp app, AppScope scope, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (!app.IsFunctionApp)
        {

            throw new RevisionToolsException(
                FailureKind.RequestRefused, $"The container app '{app.Name}' is of the kind {AppKinds.Of(app)} and no function app, so it has no functions.")
            {
                ResourceId = app.ResourceId,
            };
        }

        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isComplete = false;
        if (scope.RevisionName is null)
        {
            await EmitAsync(null).ConfigureAwait(false);
        }
        else
        {
            await _reader.ForEachRevisionOfAsync(
                app,
                scope,
                (revision, _) => scope.NamesOneRevision || revision.Active != false ? EmitAsync(revision.Name) : Task.CompletedTask,
                cancellationToken).ConfigureAwait(false);
        }

        if (isComplete && !scope.SpansApps)
        {
            await ReportMissingAsync(app, names.Where(name => !NamePattern.IsPattern(name) && !found.Contains(name))).ConfigureAwait(false);
        }

        async Task EmitAsync(string? revisionName)
        {
            foreach (var function in await ListAsync(app, revisionName, cancellationToken).ConfigureAwait(false))
            {
                if (names.Any(name => NamePattern.Matches(name, function.Name)))
                {
                    found.Add(function.Name);
                    await output.EmitAsync(Join(app, revisionName, function)).ConfigureAwait(false);
                }
            }

            isComplete = true;
        }
    }

    private async Task<IReadOnlyList<FunctionResource>> ListAsync(ContainerApp app, string? revisionName, CancellationToken cancellationToken)
    {
        List<FunctionResource> functions = [];
        try
        {
            await foreach (var function in azure.ListFunctionsAsync(app.Id, revisionName, cancellationToken).ConfigureAwait(false))
            {
                functions.Add(function);
            }
        }
        catch (ServiceRequestException failure) when (failure.Status == InternalServerError && revisionName is not null)
        {
            // So the service answers for a revision that is gone as well (ARM-FACTS 6): looking for it tells.
            await azure.GetRevisionAsync(new RevisionId(app.Id, revisionName), cancellationToken).ConfigureAwait(false);
            throw;
        }

        return functions;
    }

    private async Task ReportMissingAsync(ContainerApp app, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var failure = new RevisionToolsException(FailureKind.FunctionNotFound, $"The function app '{app.Name}' has no function '{name}'.");
            await output.FailAsync(failure, name).ConfigureAwait(false);
        }
    }

    private static ContainerAppFunction Join(ContainerApp app, string? revisionName, FunctionResource function) => new()
    {
        Name = function.Name,
        TriggerType = function.TriggerType,
        Language = function.Language,
        State = function.State,
        InvokeUrlTemplate = function.InvokeUrlTemplate,
        ScaleSource = FunctionScaling.ScaleSource(function.TriggerType),
        ConsumesEvents = FunctionScaling.ConsumesEvents(function.TriggerType),
        RevisionName = revisionName ?? app.LatestRevisionName,
        ContainerAppName = app.Name,
        ResourceGroupName = app.ResourceGroupName,
        SubscriptionId = app.SubscriptionId,
        ResourceId = function.ResourceId,
    };
}
