using System.ComponentModel;
using RevisionTools.Lifecycle;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names out of the template of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TemplateNameCompleter : NameCompleter
{
    private protected abstract IEnumerable<string> NamesIn(TemplateNames names);

    private protected override async Task<IReadOnlyList<string>> NamesAsync(
        IContainerApps azure, CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.ContainerAppName is not { } appName)
        {
            return [];
        }

        var app = await new AppFinder(azure)
            .FindOneAsync(new AppScope(scope.SubscriptionId!, scope.ResourceGroupName, appName), cancellationToken).ConfigureAwait(false);
        var document = await azure.GetAppDocumentAsync(app.Id, cancellationToken).ConfigureAwait(false);
        return [.. NamesIn(TemplateNames.Of(document.Template))];
    }
}
