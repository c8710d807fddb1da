using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Fills a tenant with what a scenario describes.</summary>
internal sealed class ScenarioBuilder(SandboxTenant tenant, DateTimeOffset start)
{
    internal void Build(SandboxScenario scenario)
    {
        foreach (var group in scenario.ResourceGroups)
        {
            tenant.AddGroup(group);
        }

        foreach (var app in scenario.Apps)
        {
            new AppBuilder(tenant, app, start).Build();
        }

        foreach (var storage in scenario.Storages)
        {
            var environment = storage.EnvironmentId ?? AppBuilder.EnvironmentIdOf(tenant, storage.Location);
            tenant.AddEnvironment(new ManagedEnvironment(environment, storage.Location));
            tenant.Set(new EnvironmentStorage(environment, storage.Name, (JsonObject)(storage.Properties?.DeepClone() ?? new JsonObject())));
        }

        tenant.Work.NoteChange(start);
        foreach (var queue in scenario.Queues)
        {
            tenant.Work.AddQueue(queue.Name, queue.ArrivalsPerMinute, start, queue.Waiting, queue.DaprAppId).Arriving = queue.Arriving;
        }
    }
}
