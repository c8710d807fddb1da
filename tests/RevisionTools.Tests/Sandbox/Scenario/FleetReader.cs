using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

/// <summary>Reads all apps, revisions and replicas of a sandbox as text, to compare two.</summary>
internal static class FleetReader
{
    internal static async Task<string> ReadAsync(SandboxDriver driver)
    {
        List<string> bodies = [];
        var apps = await Read($"/subscriptions/{driver.Sandbox.SubscriptionId}/providers/Microsoft.App/containerApps");
        await Read($"/subscriptions/{driver.Sandbox.SubscriptionId}/resourceGroups");
        foreach (var app in apps)
        {
            await Read((string)app!["id"]!);
            foreach (var revision in await Read((string)app["id"]! + "/revisions"))
            {
                await Read((string)revision!["id"]!);
                await Read((string)revision["id"]! + "/replicas");
            }
        }

        return string.Join('\n', bodies);

        async Task<JsonArray> Read(string path)
        {
            using var answer = await driver.SendAsync(HttpMethod.Get, path, version: path.EndsWith("resourceGroups", StringComparison.Ordinal) ? "2021-04-01" : SandboxDriver.Version);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, body);
            bodies.Add($"{path} {body}");
            return JsonNode.Parse(body)!["value"]?.AsArray() ?? [];
        }
    }
}
