using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Reads which revision each label of an app was on.</summary>
internal sealed class LabelHistoryReader(IContainerApps azure, IWorkOutput output)
{
    /// <summary>Emits the records of the labels that match, app by app and newest first. A label that an app never had is reported where one app was named.</summary>
    public Task ReadAsync(IEnumerable<AppScope> scopes, IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        new ScopeReader(azure, output).ForEachAppAsync(scopes, (app, scope) => ReadAppAsync(app, scope, labels, cancellationToken), cancellationToken);

    private async Task ReadAppAsync(ContainerApp app, AppScope scope, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        List<LabelHistoryRecord> records = [];
        await foreach (var record in azure.ListLabelHistoryAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            if (labels.Any(label => NamePattern.Matches(label, record.Label)))
            {
                records.Add(record);
            }
        }

        foreach (var record in records.OrderByDescending(record => record.Start ?? DateTimeOffset.MinValue).ThenBy(record => record.Label, StringComparer.OrdinalIgnoreCase))
        {
            await output.EmitAsync(record).ConfigureAwait(false);
        }

        if (!scope.SpansApps)
        {
            await ReportMissingAsync(app, labels.Where(label => !NamePattern.IsPattern(label)
                && !records.Exists(record => string.Equals(record.Label, label, StringComparison.OrdinalIgnoreCase)))).ConfigureAwait(false);
        }
    }

    private async Task ReportMissingAsync(ContainerApp app, IEnumerable<string> labels)
    {
        foreach (var label in labels)
        {
            var failure = new RevisionToolsException(FailureKind.LabelNotFound, $"The container app '{app.Name}' has no history of a label '{label}'.");
            await output.FailAsync(failure, label).ConfigureAwait(false);
        }
    }
}
