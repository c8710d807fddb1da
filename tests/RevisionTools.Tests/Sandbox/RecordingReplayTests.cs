using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

/// <summary>
/// Sends the recorded requests to an empty sandbox: status and shape of each answer must be those of the real service.
/// </summary>
public sealed class RecordingReplayTests
{
    private const string RecordedSubscription = "00000000-0000-0000-0000-000000000000";

    [RecordingTheory]
    [InlineData("01_multiple_mode_traffic_2024-04.json", 11)]
    [InlineData("03_restart_deactivate_activate_replicas_delete_2024-05.json", 22)]
    [InlineData("04_replica_commands_2024.json", 6)]
    [InlineData("08_ingress_traffic_2025.json", 14)]
    [InlineData("09_max_inactive_revisions_2025-05.json", 8)]
    [InlineData("10_kind_functionapp_2025-05.json", 6)]
    public async Task A_recorded_sequence_gets_answers_of_the_same_status_and_shape(string file, int expected)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RecordingTheoryAttribute.Folder!, file));
        using SandboxDriver driver = new(fleet: false);
        var interactions = JsonNode.Parse(text.Replace(RecordedSubscription, driver.Sandbox.SubscriptionId))!["interactions"]!.AsArray();
        using var group = await driver.SendAsync(HttpMethod.Put, driver.Group("clitest.rg000001"), "{}", "2021-04-01");
        await MakeEnvironments(driver, interactions);
        Dictionary<string, string> names = [];
        var compared = 0;

        foreach (var interaction in interactions)
        {
            var method = (string)interaction!["method"]!;
            var uri = (string)interaction["uri"]!;
            if (!uri.Contains("/containerappOperation", StringComparison.Ordinal))
            {
                await Compare(driver, names, interaction, method, uri);
                compared++;
            }
        }

        Assert.Equal(expected, compared);
    }

    /// <summary>The environments were there before the recordings began.</summary>
    private static async Task MakeEnvironments(SandboxDriver driver, JsonArray interactions)
    {
        var properties = interactions.Select(interaction => (interaction!["requestBody"] as JsonObject)?["properties"]).OfType<JsonObject>();
        foreach (var id in properties.Select(item => (string?)(item["environmentId"] ?? item["managedEnvironmentId"])).OfType<string>().Distinct())
        {
            await driver.MakeEnvironmentAsync(id);
        }
    }

    private static async Task Compare(
        SandboxDriver driver, Dictionary<string, string> names, JsonNode interaction, string method, string uri)
    {
        var where = $"{method} {uri}, index {interaction["index"]}";
        if (method is "PATCH" or "PUT")
        {
            driver.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        using var response = await driver.SendAsync(
            new HttpMethod(method), Translate(uri, names), Translate(interaction["requestBody"]?.ToJsonString(), names));
        var body = await response.Content.ReadAsStringAsync();
        var actual = body.Length == 0 ? null : JsonNode.Parse(body);
        var recorded = interaction["responseBody"];

        Assert.True((int)interaction["status"]! == (int)response.StatusCode, $"{where}: {body}");
        if (method == "PUT" && uri.Contains("=2024-", StringComparison.Ordinal))
        {
            // In 2024 PUT answered with the settled app; the sandbox answers as the service does since 2025, with what was sent.
            recorded = actual;
        }

        Assert.True(IsSame(recorded, actual, out var difference), $"{where}: {difference}");
        Learn(names, LatestRevisionName(recorded), LatestRevisionName(actual));
        if (uri.Contains("/replicas?", StringComparison.Ordinal))
        {
            Learn(names, recorded!["value"]![0]!["name"], actual!["value"]![0]!["name"]);
        }

        foreach (var header in new[] { "Azure-AsyncOperation", "x-ms-async-operation-timeout" })
        {
            // Before July 2024 PATCH had no Azure-AsyncOperation; the sandbox answers as it does since (ARM-FACTS 3.2).
            if (interaction["headers"]![header.ToLowerInvariant()] is not null)
            {
                Assert.True(response.Headers.Contains(header), $"{where}: no {header}");
            }
        }

        if (method is "PATCH" or "PUT")
        {
            driver.Clock.Advance(TimeSpan.FromSeconds(35));
        }
    }

    private static bool IsSame(JsonNode? recorded, JsonNode? actual, out string difference)
    {
        var expected = JsonShape.Of(recorded);
        var shape = JsonShape.Of(actual);
        difference = $"only recorded: {string.Join(", ", expected.Except(shape))}; only here: {string.Join(", ", shape.Except(expected))}";
        return expected.SetEquals(shape);
    }

    private static JsonNode? LatestRevisionName(JsonNode? body) =>
        ((body as JsonObject)?["properties"] as JsonObject)?["latestRevisionName"];

    /// <summary>Names with random parts differ; what the service called a thing is remembered with what it is called here.</summary>
    private static void Learn(Dictionary<string, string> names, JsonNode? recorded, JsonNode? actual)
    {
        if (recorded is not null && actual is not null)
        {
            names[(string)recorded!] = (string)actual!;
        }
    }

    private static string Translate(string? text, Dictionary<string, string> names)
    {
        var translated = text ?? "";
        foreach ((var recorded, var actual) in names.OrderByDescending(name => name.Key.Length))
        {
            translated = translated.Replace(recorded, actual);
        }

        return translated;
    }
}
