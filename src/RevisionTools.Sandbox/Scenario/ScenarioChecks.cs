using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>What a scenario must keep to beyond the types of its fields.</summary>
internal static partial class ScenarioChecks
{
    /// <exception cref="ScenarioException">Something is wrong.</exception>
    internal static void Check(SandboxScenario scenario)
    {
        Require(scenario.PageSize >= 0, "$.pageSize", "0 or more is expected");
        RequireGuid(scenario.SubscriptionId, "$.subscriptionId");
        RequireGuid(scenario.TenantId, "$.tenantId");
        Require(scenario.SubscriptionName is null or { Length: > 0 }, "$.subscriptionName", "the name is empty");
        HashSet<string> groups = new(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < scenario.ResourceGroups.Count; index++)
        {
            var path = $"$.resourceGroups[{index}]";
            RequireGroup(scenario.ResourceGroups[index], path);
            Require(groups.Add(scenario.ResourceGroups[index]), path, $"the group '{scenario.ResourceGroups[index]}' stands twice");
        }

        CheckApps(scenario);
        WorkChecks.Check(scenario.Queues);
        for (var index = 0; index < scenario.Storages.Count; index++)
        {
            var path = $"$.storages[{index}]";
            Require(scenario.Storages[index].Name.Length > 0, path + ".name", "the name is empty");
            Require(scenario.Storages[index].Location.Length > 0, path + ".location", "the region is empty");
        }

        for (var index = 0; index < scenario.Faults.Count; index++)
        {
            FaultChecks.Check(scenario.Faults[index], $"$.faults[{index}]");
        }
    }

    internal static void Require(bool condition, string path, string reason)
    {
        if (!condition)
        {
            throw new ScenarioException(path, reason);
        }
    }

    private static void CheckApps(SandboxScenario scenario)
    {
        HashSet<string> apps = new(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < scenario.Apps.Count; index++)
        {
            var app = scenario.Apps[index];
            var path = $"$.apps[{index}]";
            RequireGroup(app.ResourceGroup, path + ".resourceGroup");
            Require(
                AppName().IsMatch(app.Name) && !app.Name.Contains("--", StringComparison.Ordinal),
                path + ".name",
                $"'{app.Name}' is no name of an app: 2 to 32 lower-case letters, digits and single '-', first a letter, last no '-'");
            Require(
                apps.Add($"{app.ResourceGroup}/{app.Name}"), path + ".name", $"group '{app.ResourceGroup}' has an app '{app.Name}' already");
            new AppChecks(app, path, scenario.Time).Check();
        }
    }

    private static void RequireGroup(string name, string path) =>
        Require(GroupName().IsMatch(name), path, $"'{name}' is no name of a resource group");

    private static void RequireGuid(string? text, string path) =>
        Require(text is null || Guid.TryParseExact(text, "D", out _), path, $"'{text}' is no GUID");

    [GeneratedRegex("^[a-z][-a-z0-9]{0,30}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex AppName();

    [GeneratedRegex(@"^[-\w.()]{0,89}[-\w()]$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupName();
}
