using System.Collections.Concurrent;

namespace RevisionTools.Preflight;

/// <summary>
/// Says of revisions whether they could start again. An environment is read only where something refers to it, and each of its lists once
/// for all apps.
/// </summary>
internal sealed class ReadinessReader(IContainerApps azure)
{
    private readonly ConcurrentDictionary<ManagedEnvironmentId, Lazy<Task<NameLook>>> _profiles = new();
    private readonly ConcurrentDictionary<ManagedEnvironmentId, Lazy<Task<NameLook>>> _storages = new();

    /// <returns>One for each revision, in their order.</returns>
    public async Task<IReadOnlyList<RevisionReadiness>> JudgeAsync(
        AppDocument app, IReadOnlyList<RevisionDocument> revisions, CancellationToken cancellationToken)
    {
        var profiles = Names.Same(app.App.WorkloadProfileName ?? WorkloadProfile.Consumption, WorkloadProfile.Consumption)
            ? null
            : await LookAsync(_profiles, app.App, ProfilesAsync, cancellationToken).ConfigureAwait(false);
        var storages = revisions.Any(revision => TemplateUses.Storages(revision.Template).Any())
            ? await LookAsync(_storages, app.App, StoragesAsync, cancellationToken).ConfigureAwait(false)
            : null;
        var rules = new ReadinessRules(app.App, AppParts.Of(app), profiles, storages);
        return [.. revisions.Select(rules.Judge)];
    }

    private static Task<NameLook> LookAsync(
        ConcurrentDictionary<ManagedEnvironmentId, Lazy<Task<NameLook>>> looks,
        ContainerApp app,
        Func<ManagedEnvironmentId, CancellationToken, Task<IReadOnlyList<string>>> read,
        CancellationToken cancellationToken) =>
        ManagedEnvironmentId.TryParse(app.EnvironmentId) is { } id
            ? looks.GetOrAdd(id, _ => new(() => TryAsync(id, read, cancellationToken))).Value
            : Task.FromResult(new NameLook(null, $"'{app.EnvironmentId}' is no environment in Azure."));

    private static async Task<NameLook> TryAsync(
        ManagedEnvironmentId id, Func<ManagedEnvironmentId, CancellationToken, Task<IReadOnlyList<string>>> read, CancellationToken cancellationToken)
    {
        try
        {
            return new NameLook(await read(id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            // Whoever may read apps need not be allowed to read environments.
            return new NameLook(null, failure.Message, failure is ServiceRequestException { Status: 404 });
        }
    }

    private async Task<IReadOnlyList<string>> ProfilesAsync(ManagedEnvironmentId id, CancellationToken cancellationToken)
    {
        var profiles = await azure.GetWorkloadProfilesAsync(id, cancellationToken).ConfigureAwait(false);
        return [.. profiles.Select(profile => profile.Name)];
    }

    private async Task<IReadOnlyList<string>> StoragesAsync(ManagedEnvironmentId id, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (var name in azure.ListStorageNamesAsync(id, cancellationToken).ConfigureAwait(false))
        {
            names.Add(name);
        }

        return names;
    }
}
