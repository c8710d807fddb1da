using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Preflight;

/// <summary>
/// Says of the revisions of scopes whether they could start again: each app is read once, a few at a time. What one app lacks is reported,
/// and the others go on.
/// </summary>
internal sealed class ReadinessRunner(IContainerApps azure, IWorkOutput output, IImageCheck? images = null)
{
    private readonly ReadinessReader _reader = new(azure);

    public async Task RunAsync(IEnumerable<AppScope> scopes, CancellationToken cancellationToken)
    {
        var targets = await FindAsync(scopes, cancellationToken).ConfigureAwait(false);
        HashSet<AppScope> met = [];
        var done = 0;
        await foreach (var (target, judged, missing, failure) in ReadAhead.InOrderAsync(targets, ReadAhead.AppsAtOnce, ReadAsync, cancellationToken).ConfigureAwait(false))
        {
            await output.ProgressAsync(new WorkProgress("Testing revisions", $"{++done} of {targets.Count}: {target.Id.Name}", 100 * done / targets.Count)).ConfigureAwait(false);
            await output.GuardAsync(target.Id.Path, () => failure is null ? Task.CompletedTask : Task.FromException(failure)).ConfigureAwait(false);
            foreach (var readiness in judged)
            {
                await output.EmitAsync(readiness).ConfigureAwait(false);
            }

            foreach (var id in missing)
            {
                await output.FailAsync(RevisionStateChanger.NotFound(id), id.Path).ConfigureAwait(false);
            }

            met.UnionWith(target.Scopes.Where(scope => failure is not null || judged.Any(readiness => RevisionNames.Matches(scope.RevisionName, target.Id.Name, readiness.Name))));
        }

        await ReportUnmetAsync(targets, met).ConfigureAwait(false);
    }

    /// <summary>The apps in the order in which they were named, each with the scopes that name it.</summary>
    private async Task<IReadOnlyList<Target>> FindAsync(IEnumerable<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<Target> order = [];
        Dictionary<ContainerAppId, Target> targets = [];
        foreach (var scope in scopes)
        {
            if (scope is { SpansApps: false, ResourceGroupName: { } group } && !NamePattern.IsPattern(group))
            {
                Add(new ContainerAppId(scope.SubscriptionId, group, scope.AppName!), scope);
                continue;
            }

            await new ScopeReader(azure, output).ForEachAppAsync(
                [scope],
                (app, _) =>
                {
                    Add(app.Id, scope);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return order;

        void Add(ContainerAppId id, AppScope scope)
        {
            if (!targets.TryGetValue(id, out var target))
            {
                targets.Add(id, target = new Target(id, []));
                order.Add(target);
            }

            target.Scopes.Add(scope);
        }
    }

    private async Task<(Target Target, IReadOnlyList<RevisionReadiness> Judged, IReadOnlyList<RevisionId> Missing, RevisionToolsException? Failure)> ReadAsync(
        Target target, CancellationToken cancellationToken)
    {
        try
        {
            var app = await azure.GetAppDocumentAsync(target.Id, cancellationToken).ConfigureAwait(false);
            var (revisions, missing) = await RevisionsAsync(target, app.App, cancellationToken).ConfigureAwait(false);
            var judged = await _reader.JudgeAsync(app, revisions, cancellationToken).ConfigureAwait(false);
            return (target, await WithImagesAsync(judged, revisions, cancellationToken).ConfigureAwait(false), missing, null);
        }
        catch (RevisionToolsException failure)
        {
            return (target, [], [], failure);
        }
    }

    /// <summary>Adds whether the images are still there, where that was asked for.</summary>
    private async Task<IReadOnlyList<RevisionReadiness>> WithImagesAsync(
        IReadOnlyList<RevisionReadiness> judged, IReadOnlyList<RevisionDocument> revisions, CancellationToken cancellationToken)
    {
        if (images is null)
        {
            return judged;
        }

        List<RevisionReadiness> checkedToo = [];
        foreach (var (readiness, revision) in judged.Zip(revisions))
        {
            List<ReadinessFinding> found = [];
            foreach (var image in TemplateUses.Images(revision.Template))
            {
                found.Add(await images.CheckAsync(image, cancellationToken).ConfigureAwait(false));
            }

            checkedToo.Add(readiness with { Findings = [.. readiness.Findings, .. found] });
        }

        return checkedToo;
    }

    private async Task<(IReadOnlyList<RevisionDocument> Found, IReadOnlyList<RevisionId> Missing)> RevisionsAsync(
        Target target, ContainerApp app, CancellationToken cancellationToken)
    {
        if (target.Scopes is [{ NamesOneRevision: true, SpansApps: false, RevisionName: { } only }])
        {
            var id = new RevisionId(app.Id, RevisionNames.Full(app.Name, only));
            return ([await azure.GetRevisionDocumentAsync(id, cancellationToken).ConfigureAwait(false)], []);
        }

        List<RevisionDocument> found = [];
        await foreach (var document in azure.ListRevisionDocumentsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            if (target.Scopes.Exists(scope => RevisionNames.Matches(scope.RevisionName, app.Name, document.Revision.Name)))
            {
                found.Add(document);
            }
        }

        var missing = target.Scopes.Where(scope => scope is { NamesOneRevision: true, SpansApps: false })
            .Select(scope => new RevisionId(app.Id, RevisionNames.Full(app.Name, scope.RevisionName!)))
            .Where(id => !found.Exists(document => Names.Same(document.Revision.Name, id.Name)))
            .Distinct();
        return (found, [.. missing]);
    }

    /// <summary>A revision that was named for many apps need be in one of them only.</summary>
    private async ValueTask ReportUnmetAsync(IReadOnlyList<Target> targets, HashSet<AppScope> met)
    {
        foreach (var scope in targets.SelectMany(target => target.Scopes).Distinct().Where(scope => scope is { NamesOneRevision: true, SpansApps: true }))
        {
            if (!met.Contains(scope))
            {
                await output.FailAsync(
                    new RevisionToolsException(
                        FailureKind.RevisionNotFound,
                        $"None of the apps '{scope.AppName ?? "*"}' has a revision '{scope.RevisionName}'.{new RevisionId(default, scope.RevisionName!).NumberHint}"),
                    scope.RevisionName).ConfigureAwait(false);
            }
        }
    }

    private sealed record Target(ContainerAppId Id, List<AppScope> Scopes);
}
