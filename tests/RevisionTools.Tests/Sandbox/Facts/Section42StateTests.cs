using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.2: the rows of the table of states.</summary>
public sealed class Section42StateTests : DynamicsTest
{
    [Fact]
    public async Task Normal() => Assert.Equal(
        (true, "Provisioned", "Running", "Healthy", 1), await RowAsync(minutes: 1, image: "work:2"));

    [Fact]
    public async Task Being_made() => Assert.Equal(
        (true, "Provisioning", "Processing", "None", 1), await RowAsync(minutes: 0, image: "work:2"));

    [Fact]
    public async Task Starting_and_not_yet_ready() => Assert.Equal(
        (true, "Provisioned", "Activating", "None", 1), await RowAsync(minutes: 60, image: "work:2-stuck"));

    [Fact]
    public async Task Going_inactive_and_then_inactive_and_still_healthy()
    {
        await CreateAsync();
        await Driver.PostAsync(Driver.Revision(GroupName, AppName, "a") + "/deactivate");
        var going = await ReadAsync("a");
        Advance(seconds: 71);

        Assert.Equal((true, "Provisioned", "Deprovisioning", "Healthy", 1), going);
        Assert.Equal((false, "Provisioned", "Stopped", "Healthy", 0), await ReadAsync("a"));
    }

    [Theory]
    [InlineData("work:2-missing", "1/1 Pending:ImagePullBackOff on legion", "Pending:ImagePullBackOff on legion")]
    [InlineData("work:2-crash", "1/1 Container crashing: work", "Container crashing: work")]
    public async Task Failed(string image, string details, string error)
    {
        Assert.Equal((true, "Failed", "Failed", "Unhealthy", 1), await RowAsync(minutes: 2, image));
        var revision = await RevisionAsync("b");
        Assert.Equal((details, error), ((string?)revision["runningStateDetails"], (string?)revision["provisioningError"]));
    }

    [Fact]
    public async Task At_max_replicas()
    {
        await CreateAsync("""{"minReplicas":2,"maxReplicas":2}""");

        Assert.Equal((true, "Provisioned", "RunningAtMaxScale", "Healthy", 2), await ReadAsync("a"));
    }

    [Fact]
    public async Task Idle()
    {
        await CreateAsync(ingress: false);
        Advance(minutes: 6);

        Assert.Equal((true, "Provisioned", "ScaledToZero", "None", 0), await ReadAsync("a"));
    }

    [Fact]
    public async Task Degraded_when_the_deadline_of_the_deployment_has_passed()
    {
        var starting = await RowAsync(minutes: 9, image: "work:2-degraded");
        Advance(minutes: 1);
        var degraded = await ReadAsync("b");
        var replica = Assert.Single(await Driver.ListAsync(Driver.Revision(GroupName, AppName, "b") + "/replicas"))["properties"]!;

        Assert.Equal("Activating", starting.Running);
        Assert.Equal(
            (true, "Provisioned", "Degraded", "Unhealthy"), (degraded.Active, degraded.Provisioning, degraded.Running, degraded.Health));
        Assert.Equal(
            "Deployment Progress Deadline Exceeded. 0/1 replicas ready.", (string?)(await RevisionAsync("b"))["runningStateDetails"]);
        Assert.Equal(("Running", false), ((string?)replica["runningState"], (bool)replica["containers"]![0]!["ready"]!));
    }

    /// <summary>A second revision, some time after it was sent.</summary>
    private async Task<(bool Active, string? Provisioning, string? Running, string? Health, int Replicas)> RowAsync(int minutes, string image)
    {
        await CreateAsync();
        if (minutes == 0)
        {
            using var patch = await Driver.SendAsync(HttpMethod.Patch, Path, """{"properties":{"template":{"revisionSuffix":"b"}}}""");
        }
        else
        {
            await AddRevisionAsync("b", image);
        }

        Advance(minutes: minutes);
        return await ReadAsync("b");
    }

    private async Task<(bool Active, string? Provisioning, string? Running, string? Health, int Replicas)> ReadAsync(string suffix)
    {
        JsonNode revision = await RevisionAsync(suffix);
        return (
            (bool)revision["active"]!,
            (string?)revision["provisioningState"],
            (string?)revision["runningState"],
            (string?)revision["healthState"],
            (int)revision["replicas"]!);
    }
}
