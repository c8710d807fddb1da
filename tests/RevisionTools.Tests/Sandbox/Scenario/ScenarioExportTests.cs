using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class ScenarioExportTests
{
    private const string NewImage = """
        {"properties":{"template":{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:2.0.0"}]}}}
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(29)]
    [InlineData(45)]
    [InlineData(300)]
    public async Task A_copy_answers_byte_for_byte_alike_in_the_middle_of_changes_and_ever_after(int seconds)
    {
        using SandboxDriver original = new(seed: 5);
        original.Sandbox.Throttling = false;
        await ChangeManyThingsAsync(original);
        original.Clock.Advance(TimeSpan.FromSeconds(seconds));

        using SandboxDriver copy = new(SandboxScenario.Parse(original.Sandbox.Export().ToJson()));
        Assert.Equal(await FleetReader.ReadAsync(original), await FleetReader.ReadAsync(copy));
        foreach (var later in new[] { 5, 11, 30, 90 })
        {
            original.Clock.Advance(TimeSpan.FromSeconds(later));
            copy.Clock.Advance(TimeSpan.FromSeconds(later));
            Assert.Equal(await FleetReader.ReadAsync(original), await FleetReader.ReadAsync(copy));
        }
    }

    [Fact]
    public async Task The_phases_in_the_middle_are_in_the_export()
    {
        using SandboxDriver driver = new(seed: 5);
        await ChangeManyThingsAsync(driver);
        driver.Clock.Advance(TimeSpan.FromSeconds(3));

        var phases = driver.Sandbox.Export().Apps.SelectMany(app => app.Revisions).Select(revision => revision.State?.Phase).ToHashSet();

        Assert.Contains(RevisionPhase.Provisioning, phases);
        Assert.Contains(RevisionPhase.Activating, phases);
        Assert.Contains(RevisionPhase.Deprovisioning, phases);
    }

    [Fact]
    public async Task An_operation_under_way_goes_on_in_the_copy_at_the_same_address()
    {
        using SandboxDriver original = new();
        using var accepted = await original.SendAsync(HttpMethod.Patch, original.App("rg-shop", "web-landing"), NewImage);
        var address = accepted.Headers.GetValues("Azure-AsyncOperation").Single();
        using SandboxDriver copy = new(original.Sandbox.Export());

        Assert.Equal("InProgress", (string?)(await copy.GetAsync(address))["status"]);
        Assert.Equal(409, (await copy.ErrorAsync(HttpMethod.Patch, copy.App("rg-shop", "web-landing"), NewImage)).Status);
        copy.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("Succeeded", (string?)(await copy.GetAsync(address))["status"]);
    }

    [Fact]
    public async Task An_operation_that_never_ends_does_not_end_in_the_copy_either()
    {
        using SandboxDriver original = new();
        original.Sandbox.Inject("OperationStuck", "PATCH", null);
        using var accepted = await original.SendAsync(HttpMethod.Patch, original.App("rg-shop", "web-landing"), NewImage);
        using SandboxDriver copy = new(SandboxScenario.Parse(original.Sandbox.Export().ToJson()));

        copy.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("InProgress", (string?)(await copy.GetAsync(accepted.Headers.GetValues("Azure-AsyncOperation").Single()))["status"]);
    }

    [Fact]
    public async Task A_deletion_and_a_stop_under_way_go_on_in_the_copy()
    {
        using SandboxDriver original = new();
        await original.SendAsync(HttpMethod.Delete, original.App("rg-data", "notifications"));
        await original.SendAsync(HttpMethod.Post, original.App("rg-data", "orders-worker") + "/stop");
        using SandboxDriver copy = new(SandboxScenario.Parse(original.Sandbox.Export().ToJson()));
        var worker = copy.App("rg-data", "orders-worker");

        Assert.Equal("Deleting", (string?)(await copy.GetAsync(copy.App("rg-data", "notifications")))["properties"]!["provisioningState"]);
        copy.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(404, (await copy.ErrorAsync(HttpMethod.Get, copy.App("rg-data", "notifications"))).Status);
        Assert.Equal("Stopped", (string?)(await copy.GetAsync(worker))["properties"]!["runningStatus"]);
        await copy.WriteAsync(HttpMethod.Post, worker + "/start", null);
        Assert.Contains(await copy.ListAsync(worker + "/revisions"), revision => (bool)revision["properties"]!["active"]!);
        copy.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(copy.Sandbox.Export().Apps, app => app.Name == "notifications");
    }

    [Fact]
    public async Task An_operation_that_is_done_is_forgotten()
    {
        using SandboxDriver original = new();
        using var accepted = await original.SendAsync(HttpMethod.Patch, original.App("rg-shop", "web-landing"), NewImage);
        var address = accepted.Headers.GetValues("Azure-AsyncOperation").Single();
        original.Clock.Advance(TimeSpan.FromSeconds(20));
        using SandboxDriver copy = new(original.Sandbox.Export());

        using var answer = await copy.SendAsync(HttpMethod.Get, address);

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_next_revision_of_a_copy_has_the_same_name()
    {
        using SandboxDriver original = new(seed: 3);
        using SandboxDriver copy = new(original.Sandbox.Export());

        using var first = await original.SendAsync(HttpMethod.Patch, original.App("rg-shop", "web-landing"), NewImage);
        using var second = await copy.SendAsync(HttpMethod.Patch, copy.App("rg-shop", "web-landing"), NewImage);

        Assert.Equal(
            (string?)(await original.GetAsync(original.App("rg-shop", "web-landing")))["properties"]!["latestRevisionName"],
            (string?)(await copy.GetAsync(copy.App("rg-shop", "web-landing")))["properties"]!["latestRevisionName"]);
        Assert.Equal(first.Headers.GetValues("Azure-AsyncOperation"), second.Headers.GetValues("Azure-AsyncOperation"));
    }

    [Fact]
    public async Task Values_of_secrets_never_leave()
    {
        using SandboxDriver driver = new();
        using var accepted = await driver.SendAsync(
            HttpMethod.Patch,
            driver.App("rg-data", "orders-worker"),
            """{"properties":{"configuration":{"secrets":[{"name":"servicebus-connection","value":"not-for-export"}]}}}""");

        var json = driver.Sandbox.Export().ToJson();

        Assert.DoesNotContain("not-for-export", json, StringComparison.Ordinal);
        Assert.Contains("servicebus-connection", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_size_throttling_and_what_is_left_of_faults_are_kept()
    {
        using SandboxDriver driver = new();
        driver.Sandbox.PageSize = 7;
        driver.Sandbox.Throttling = false;
        driver.Sandbox.Inject(new SandboxFault { Status = 503, Path = "revisions", Times = 4, RetryAfter = TimeSpan.FromSeconds(2) });
        driver.Sandbox.Inject(new SandboxFault { Before = _ => { } });

        using SandboxDriver copy = new(SandboxScenario.Parse(driver.Sandbox.Export().ToJson()));

        Assert.Equal((7, false), (copy.Sandbox.PageSize, copy.Sandbox.Throttling));
        var fault = Assert.Single(copy.Sandbox.Export().Faults);
        Assert.Equal((503, "revisions", 4, TimeSpan.FromSeconds(2)), (fault.Status, fault.Path, fault.Times, fault.RetryAfter));
    }

    [Fact]
    public void The_sample_fleet_goes_through_JSON_without_a_loss()
    {
        var json = SandboxScenario.Sample().ToJson();

        Assert.Equal(json, SandboxScenario.Parse(json).ToJson());
        using SandboxDriver driver = new(SandboxScenario.Parse(json));
        Assert.All(driver.Sandbox.Export().Apps.SelectMany(app => app.Revisions), revision => Assert.Null(revision.State));
    }

    private static async Task ChangeManyThingsAsync(SandboxDriver driver)
    {
        await driver.PostAsync(driver.Revision("rg-shop", "web-shop", "0000004") + "/deactivate");
        await driver.PostAsync(driver.Revision("rg-shop", "web-shop", "0000007") + "/restart");
        await driver.PostAsync(driver.Revision("rg-shop", "api-catalog", "0000002") + "/activate");
        await driver.PostAsync(driver.Revision("rg-shop", "web-search", "0000004") + "/deactivate");
        await driver.PostAsync(driver.Revision("rg-data", "reports", "0000001") + "/activate");
        using var rollout = await driver.SendAsync(HttpMethod.Patch, driver.App("rg-shop", "web-landing"), NewImage);
        using var stuck = await driver.SendAsync(HttpMethod.Patch, driver.App("rg-shop", "api-images"), """
            {"tags":{"a":"b"},"properties":{"template":{"revisionSuffix":"late","terminationGracePeriodSeconds":60,
              "containers":[{"name":"api-images","image":"contososhop.azurecr.io/images:1-stuck"}]}}}
            """);
        using var created = await driver.SendAsync(HttpMethod.Put, driver.App("rg-data", "brand-new"), """
            {"location":"East US","properties":{"configuration":{"ingress":{"targetPort":80}},
              "template":{"containers":[{"name":"brand-new","image":"contoso.azurecr.io/new:1-crash"}]}}}
            """);
        Assert.All([rollout, stuck, created], answer => Assert.True(answer.IsSuccessStatusCode));
    }
}
