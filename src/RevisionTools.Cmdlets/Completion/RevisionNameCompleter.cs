using System.ComponentModel;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of revisions of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RevisionNameCompleter : NameCompleter
{
    private protected override async Task<IReadOnlyList<string>> NamesAsync(
        IContainerApps azure, CompletionScope scope, CancellationToken cancellationToken)
    {
        List<string> names = [];
        if (scope.ContainerAppName is not { } appName)
        {
            return names;
        }

        await foreach (var app in new AppFinder(azure).FindAsync(scope.SubscriptionId!, scope.ResourceGroupName, appName, cancellationToken)
            .ConfigureAwait(false))
        {
            await foreach (var revision in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
            {
                names.Add(revision.Name);
            }
        }

        return names;
    }
}
