using System.ComponentModel;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes labels of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LabelNameCompleter : NameCompleter
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
            names.AddRange(app.Traffic.Select(entry => entry.Label).OfType<string>());
        }

        return names;
    }
}
