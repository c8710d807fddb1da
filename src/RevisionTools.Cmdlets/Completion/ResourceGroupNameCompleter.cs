using System.ComponentModel;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the resource groups that hold container apps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResourceGroupNameCompleter : NameCompleter
{
    private protected override async Task<IReadOnlyList<string>> NamesAsync(
        IContainerApps azure, CompletionScope scope, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (var app in new AppFinder(azure).FindAsync(scope.SubscriptionId!, null, null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(app.ResourceGroupName);
        }

        return names;
    }
}
