using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class ScenarioWorkTests
{
    private const string App =
        """{"resourceGroup":"rg","name":"web","template":{"containers":[{"name":"web","image":"web:1"}]},"revisions":[{"suffix":"v1","createdTime":"-P1D"}],FIELDS}""";

    [Theory]
    [InlineData(""" "queues":[{"name":"q","arrivalsPerMinute":-1}] """, "$.queues[0].arrivalsPerMinute: a number from 0 to 1,000,000 is expected")]
    [InlineData(""" "queues":[{"name":"q"},{"name":"Q"}] """, "$.queues[1].name: the name 'Q' is empty or stands twice")]
    [InlineData(""" "queues":[{"name":"q","waiting":-1}] """, "$.queues[0].waiting: 0 or more is expected")]
    public void A_wrong_queue_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Assert.Throws<ScenarioException>(() => SandboxScenario.Parse($"{{{fields}}}")).Message);

    [Theory]
    [InlineData(""" "requestsPerSecond":-2 """, "$.apps[0].requestsPerSecond: a number from 0 to 1,000,000 is expected")]
    [InlineData(""" "functions":[{"name":"f","triggerType":"mood"}] """, "$.apps[0].functions[0].triggerType: 'mood' is none of httpTrigger")]
    [InlineData(""" "functions":[{"name":"f","triggerType":"timerTrigger","source":"often"}] """, "$.apps[0].functions[0].source: 'often' is no schedule")]
    public void A_wrong_function_or_load_is_refused(string fields, string expected) => Assert.StartsWith(
        expected,
        Assert.Throws<ScenarioException>(() => SandboxScenario.Parse($$"""{"apps":[{{App.Replace("FIELDS", fields)}}]}""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_load_moves_the_replicas_that_the_scenario_gives()
    {
        var json = App.Replace("FIELDS", """ "requestsPerSecond":45,"configuration":{"ingress":{"targetPort":80}} """);
        using SandboxDriver driver = new(SandboxScenario.Parse($$"""{"apps":[{{json}}]}"""));

        Assert.Equal(5, (int)(await driver.RevisionAsync("rg", "web", "v1"))["replicas"]!);
    }

    [Fact]
    public async Task A_copy_scales_and_purges_as_the_original_does()
    {
        using SandboxDriver original = new(seed: 4);
        original.Sandbox.Throttling = false;
        var shop = original.Sandbox.Tenant.FindApp("rg-shop", "web-shop")!;
        new AppLifecycle(original.Sandbox.Tenant).SetLoad(shop, 95, original.Clock.GetUtcNow());
        original.Clock.Advance(TimeSpan.FromMinutes(3));
        new AppLifecycle(original.Sandbox.Tenant).SetLoad(shop, 0, original.Clock.GetUtcNow());
        original.Clock.Advance(TimeSpan.FromMinutes(2));

        using SandboxDriver copy = new(SandboxScenario.Parse(original.Sandbox.Export().ToJson()));
        copy.Sandbox.Throttling = false;
        foreach (var minutes in new[] { 1, 3, 20, 24 * 60 })
        {
            original.Clock.Advance(TimeSpan.FromMinutes(minutes));
            copy.Clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Equal(await FleetReader.ReadAsync(original), await FleetReader.ReadAsync(copy));
        }

        Assert.Equal(0, (int)(await copy.RevisionAsync("rg-shop", "web-shop", "0000030"))["replicas"]!);
    }
}
