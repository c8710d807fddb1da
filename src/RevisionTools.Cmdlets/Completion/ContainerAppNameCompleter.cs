using System.ComponentModel;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of container apps, within the group if one was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContainerAppNameCompleter : NameCompleter
{
    private protected override async Task<IReadOnlyList<string>> NamesAsync(
        IContainerApps azure, CompletionScope scope, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (var app in new AppFinder(azure).FindAsync(scope.SubscriptionId!, scope.ResourceGroupName, null, cancellationToken)
            .ConfigureAwait(false))
        {
            names.Add(app.Name);
        }

        return names;
    }
}
