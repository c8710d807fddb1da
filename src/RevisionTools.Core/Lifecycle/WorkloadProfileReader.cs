using System.Collections.Concurrent;

namespace RevisionTools.Lifecycle;

/// <summary>Says on what apps run. Each environment is read once, and only for an app that runs on a profile of its own choice.</summary>
internal sealed class WorkloadProfileReader(IContainerApps azure)
{
    private readonly ConcurrentDictionary<ManagedEnvironmentId, Lazy<Task<IReadOnlyList<WorkloadProfile>>>> _environments = new();

    /// <summary>The app with the type of its profile; without it where the environment may not or cannot be read.</summary>
    public async Task<ContainerApp> ReadAsync(ContainerApp app, CancellationToken cancellationToken)
    {
        var name = app.WorkloadProfileName ?? WorkloadProfile.Consumption;
        if (string.Equals(name, WorkloadProfile.Consumption, StringComparison.OrdinalIgnoreCase))
        {
            return With(app, new WorkloadProfile(name, WorkloadProfile.Consumption));
        }

        if (ManagedEnvironmentId.TryParse(app.EnvironmentId) is not { } id)
        {
            return app;
        }

        var profiles = await _environments.GetOrAdd(id, _ => new(() => ReadAsync(id, cancellationToken))).Value.ConfigureAwait(false);
        return profiles.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? With(app, found)
            : app;
    }

    private static ContainerApp With(ContainerApp app, WorkloadProfile profile) => app with { WorkloadProfileType = profile.Type, IsGpu = profile.HasGpu };

    private async Task<IReadOnlyList<WorkloadProfile>> ReadAsync(ManagedEnvironmentId id, CancellationToken cancellationToken)
    {
        try
        {
            return await azure.GetWorkloadProfilesAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            // Whoever may read apps need not be allowed to read environments.
            return [];
        }
    }
}
