using System.Runtime.CompilerServices;
using RevisionTools.Lifecycle;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Reads what names are made of, out of the cache where it is there. One list of apps serves names, groups, environments, kinds and labels.</summary>
internal sealed class CompletionReader(IContainerApps azure, CompletionCache cache, CompletionScope scope)
{
    /// <summary>The apps of the subscription, in the group if one was given.</summary>
    public async IAsyncEnumerable<ContainerApp> AppsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = scope.ResourceGroupName is { } name && !NamePattern.IsPattern(name) ? name : null;
        await foreach (var app in InGroupAsync(group, cancellationToken).ConfigureAwait(false))
        {
            if (NamePattern.Matches(scope.ResourceGroupName, app.ResourceGroupName))
            {
                yield return app;
            }
        }
    }

    /// <summary>The apps of the whole subscription.</summary>
    public IAsyncEnumerable<ContainerApp> AllAppsAsync(CancellationToken cancellationToken) => InGroupAsync(null, cancellationToken);

    /// <summary>The apps that were named; none where none were.</summary>
    public async IAsyncEnumerable<ContainerApp> NamedAppsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (scope.ContainerAppName is not { } name)
        {
            yield break;
        }

        await foreach (var app in AppsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (NamePattern.Matches(name, app.Name))
            {
                yield return app;
            }
        }
    }

    /// <summary>The labels of the apps that were named.</summary>
    public async IAsyncEnumerable<string> LabelsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in NamedAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var label in app.Traffic.Select(entry => entry.Label).Where(label => !string.IsNullOrEmpty(label)))
            {
                yield return label!;
            }
        }
    }

    /// <summary>Names of the revisions of the apps that were named.</summary>
    public async IAsyncEnumerable<string> RevisionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in NamedAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            var names = cache.ReadAsync($"revisions of {app.Id.Path}", token => ReadRevisionNamesAsync(app.Id, token), cancellationToken);
            await foreach (var name in names.ConfigureAwait(false))
            {
                yield return name;
            }
        }
    }

    /// <summary>Names of the functions of the function apps that were named, of the revision if one was given too.</summary>
    public async IAsyncEnumerable<string> FunctionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in NamedAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!app.IsFunctionApp)
            {
                continue;
            }

            var revision = scope.RevisionName is { } name && !NamePattern.IsPattern(name) ? RevisionNames.Full(app.Name, name) : null;
            var names = cache.ReadAsync(
                $"functions of {app.Id.Path}/{revision}", token => ReadFunctionNamesAsync(app.Id, revision, token), cancellationToken);
            await foreach (var function in names.ConfigureAwait(false))
            {
                yield return function;
            }
        }
    }

    /// <summary>The names in the templates of the apps that were named.</summary>
    public async IAsyncEnumerable<TemplateNames> TemplateNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in NamedAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            var names = cache.ReadAsync($"template of {app.Id.Path}", token => ReadTemplateNamesAsync(app.Id, token), cancellationToken);
            await foreach (var found in names.ConfigureAwait(false))
            {
                yield return found;
            }
        }
    }

    private IAsyncEnumerable<ContainerApp> InGroupAsync(string? group, CancellationToken cancellationToken) => cache.ReadAsync(
        $"apps of {scope.SubscriptionId}/{group}", token => azure.ListAppsAsync(scope.SubscriptionId!, group, token), cancellationToken);

    private async IAsyncEnumerable<string> ReadRevisionNamesAsync(ContainerAppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var revision in azure.ListRevisionsAsync(app, cancellationToken).ConfigureAwait(false))
        {
            yield return revision.Name;
        }
    }

    private async IAsyncEnumerable<string> ReadFunctionNamesAsync(
        ContainerAppId app, string? revision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var function in azure.ListFunctionsAsync(app, revision, cancellationToken).ConfigureAwait(false))
        {
            yield return function.Name;
        }
    }

    private async IAsyncEnumerable<TemplateNames> ReadTemplateNamesAsync(ContainerAppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var document = await azure.GetAppDocumentAsync(app, cancellationToken).ConfigureAwait(false);
        yield return TemplateNames.Of(document.Template);
    }
}
