using System.Net;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.2: how long writes take, and how they fail.</summary>
public sealed class Section32OperationTests : DynamicsTest
{
    private const string Tag = """{"tags":{"n":"1"}}""";

    [Fact]
    public void Patch_takes_6_to_35_seconds_with_the_measured_quantiles()
    {
        var seconds = Draw(OperationDurations.Patch);

        Assert.InRange(seconds[0], 6, 6.5);
        Assert.InRange(seconds[^1], 30, 35);
        Assert.InRange(seconds[seconds.Length / 10], 10.8, 11.2);
        Assert.InRange(seconds[seconds.Length / 2], 13.8, 14.2);
        Assert.InRange(seconds[seconds.Length * 9 / 10], 17.5, 18.5);
    }

    [Fact]
    public void Put_takes_1_to_245_seconds_with_the_measured_quantiles()
    {
        var seconds = Draw(OperationDurations.Put);

        Assert.InRange(seconds[0], 1, 1.5);
        Assert.InRange(seconds[^1], 200, 245);
        Assert.InRange(seconds[seconds.Length / 2], 11.5, 12.5);
        Assert.InRange(seconds[seconds.Length * 9 / 10], 14.5, 20);
    }

    [Fact]
    public async Task Succeeded_does_not_mean_that_the_new_revision_is_ready()
    {
        await CreateAsync();
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Path, """{"properties":{"template":{"revisionSuffix":"b"}}}""");
        Advance(seconds: 19);
        var status = await Driver.GetAsync(Assert.Single(accepted.Headers.GetValues("Azure-AsyncOperation")));
        var app = await AppAsync();

        Assert.Equal("Succeeded", (string?)status["status"]);
        Assert.Equal(("work--b", "work--a"), ((string?)app["latestRevisionName"], (string?)app["latestReadyRevisionName"]));
    }

    [Fact]
    public async Task A_first_create_whose_traffic_names_a_revision_hangs_until_it_expires()
    {
        using var created = await PutAsync(traffic: """[{"revisionName":"work--a","weight":100}]""");
        var status = Assert.Single(created.Headers.GetValues("Azure-AsyncOperation"));
        Advance(seconds: 899);
        var hanging = await Driver.GetAsync(status);
        var blocked = await Driver.ErrorAsync(HttpMethod.Patch, Path, Tag);
        Advance(seconds: 1);
        var failed = await Driver.GetAsync(status);

        Assert.Equal("InProgress", (string?)hanging["status"]);
        Assert.Equal((409, "ContainerAppOperationInProgress"), (blocked.Status, blocked.Code));
        Assert.Equal("Failed", (string?)failed["status"]);
        Assert.Equal(
            """{"code":"ContainerAppOperationError","message":"Failed to provision revision for container app 'work'. Error details: Operation expired."}""",
            failed["error"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("Failed", (string?)(await AppAsync())["provisioningState"]);
    }

    [Theory]
    [InlineData("work:1-missing", "Failed")]
    [InlineData("work:1-crash", "Failed")]
    [InlineData("work:1-stuck", "Activating")]
    public async Task A_first_create_whose_revision_never_starts_ends_failed(string image, string running)
    {
        using var created = await PutAsync(image: image);
        Advance(minutes: 15);

        Assert.Equal("Failed", (string?)(await AppAsync())["provisioningState"]);
        Assert.Equal(running, (await StateAsync("a")).Running);
    }

    [Fact]
    public async Task A_later_template_that_never_starts_does_not_fail_its_operation_and_a_write_mends_a_failed_app()
    {
        using var created = await PutAsync(image: "work:1-missing");
        Advance(minutes: 15);
        await AddRevisionAsync("b", image: "work:2-missing");

        Assert.Equal("Succeeded", (string?)(await AppAsync())["provisioningState"]);
    }

    [Fact]
    public async Task The_next_operation_ends_failed_with_what_it_is_told_and_the_one_after_it_does_not()
    {
        await CreateAsync();
        Tenant.NextOperation = new OperationOutcome(TimeSpan.FromSeconds(3), "Boom", "It went wrong.");
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Path, Tag);
        Advance(seconds: 3);
        var status = await Driver.GetAsync(Assert.Single(accepted.Headers.GetValues("Azure-AsyncOperation")));
        var result = await Driver.ErrorAsync(HttpMethod.Get, Assert.Single(accepted.Headers.GetValues("Location")));

        Assert.Equal(("Failed", "Boom"), ((string?)status["status"], (string?)status["error"]!["code"]));
        Assert.Equal((400, "Boom", "It went wrong."), result);
        Assert.Equal(["id", "name", "status", "error", "startTime"], status.Select(field => field.Key));
        await PatchAsync("{}");
        Assert.Equal("Succeeded", (string?)(await AppAsync())["provisioningState"]);
    }

    [Fact]
    public async Task An_operation_that_never_ends_stays_in_progress_and_says_retry_after_5()
    {
        await CreateAsync();
        Tenant.NextOperation = OperationOutcome.NeverEnds;
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Path, Tag);
        Advance(hours: 1000);
        using var poll = await Driver.SendAsync(HttpMethod.Get, Assert.Single(accepted.Headers.GetValues("Azure-AsyncOperation")));
        using var result = await Driver.SendAsync(HttpMethod.Get, Assert.Single(accepted.Headers.GetValues("Location")));

        Assert.Equal("5", Assert.Single(accepted.Headers.GetValues("Retry-After")));
        Assert.Equal("5", Assert.Single(poll.Headers.GetValues("Retry-After")));
        Assert.Equal("InProgress", (string?)JsonNode.Parse(await poll.Content.ReadAsStringAsync())!["status"]);
        Assert.Equal(HttpStatusCode.Accepted, result.StatusCode);
    }

    [Fact]
    public async Task The_status_of_an_operation_is_forgotten_a_day_after_its_end()
    {
        await CreateAsync();
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Path, Tag);
        var address = Assert.Single(accepted.Headers.GetValues("Azure-AsyncOperation"));
        Advance(hours: 23);
        await PatchAsync("{}");
        using var kept = await Driver.SendAsync(HttpMethod.Get, address);
        Advance(hours: 2);
        await PatchAsync("{}");
        using var forgotten = await Driver.SendAsync(HttpMethod.Get, address);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (kept.StatusCode, forgotten.StatusCode));
        Assert.Contains("\"OperationNotFound\"", await forgotten.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static double[] Draw(OperationDurations durations)
    {
        SandboxRandom random = new(1);
        return [.. Enumerable.Range(0, 20_000).Select(index => durations.Draw(random, $"operation/{index}").TotalSeconds).Order()];
    }
}
