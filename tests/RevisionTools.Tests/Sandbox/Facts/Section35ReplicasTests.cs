using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.5: replicas.</summary>
public sealed class Section35ReplicasTests : FactTests
{
    private string Newest => Driver.Revision("rg-shop", "web-shop", "0000030");

    [Fact]
    public async Task A_replica_is_found_by_name_with_a_trailing_slash_too()
    {
        var replicas = Driver.Revision("rg-shop", "web-checkout", "v2-14") + "/replicas";
        var first = (await Driver.ListAsync(replicas))[0];

        var found = await Driver.GetAsync($"{replicas}/{first["name"]}/");

        Assert.Equal(first.ToJsonString(), found.ToJsonString());
        Assert.Matches("^web-checkout--v2-14-[0-9a-f]{10}-[a-z0-9]{5}$", (string?)found["name"]);
    }

    [Fact]
    public async Task An_inactive_or_sleeping_revision_has_no_replicas()
    {
        Assert.Empty(await Driver.ListAsync(Driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/replicas"));
        Assert.Empty(await Driver.ListAsync(Driver.Revision("rg-shop", "api-images", "0000001") + "/replicas"));
    }

    [Fact]
    public async Task The_replica_of_a_failed_revision_waits_for_its_image()
    {
        var replicas = await Driver.ListAsync(Driver.Revision("rg-shop", "web-search", "0000004") + "/replicas");

        var container = Assert.Single(replicas)["properties"]!["containers"]![0]!;
        Assert.Equal("NotRunning", (string?)replicas[0]["properties"]!["runningState"]);
        Assert.False((bool)container["ready"]!);
        Assert.Equal("Container is waiting with reason: ImagePullBackOff on legion.", (string?)container["runningStateDetails"]);
    }

    [Fact]
    public async Task A_list_has_the_recorded_fields_and_never_a_next_link()
    {
        Driver.Sandbox.PageSize = 1;

        var list = await Driver.GetAsync(Newest + "/replicas");

        Assert.Equal(["value"], list.Select(field => field.Key));
        Assert.Equal(4, list["value"]!.AsArray().Count);
        var replica = list["value"]![0]!.AsObject();
        Assert.Equal(["id", "name", "type", "properties"], replica.Select(field => field.Key));
        var properties = replica["properties"]!.AsObject();
        Assert.Equal(
            ["createdTime", "runningState", "runningStateDetails", "containers", "initContainers"], properties.Select(field => field.Key));
        Assert.Equal(
            [
                "name", "containerId", "ready", "started", "restartCount", "runningState", "runningStateDetails", "logStreamEndpoint",
                "execEndpoint",
            ],
            properties["containers"]![0]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task A_replica_is_named_after_its_revision_a_hash_and_five_characters_and_the_list_is_in_order_of_names()
    {
        string[] names = [.. (await Driver.ListAsync(Newest + "/replicas")).Select(replica => (string)replica["name"]!)];

        Assert.All(names, name => Assert.Matches("^web-shop--0000030-[0-9a-f]{10}-[a-z0-9]{5}$", name));
        Assert.Single(names.Select(name => name[..^6]).Distinct());
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task After_a_restart_replicas_of_two_hashes_are_listed_and_the_old_ones_are_not_running_any_more()
    {
        var before = await Driver.ListAsync(Newest + "/replicas");
        Driver.Clock.Advance(TimeSpan.FromMinutes(1));
        await Driver.PostAsync(Newest + "/restart");
        Driver.Clock.Advance(TimeSpan.FromSeconds(29));
        var during = await Driver.ListAsync(Newest + "/replicas");
        Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await Driver.ListAsync(Newest + "/replicas");

        Assert.Equal((4, 8, 4), (before.Length, during.Length, after.Length));
        Assert.Empty(Names(before).Intersect(Names(after)));
        var leaving = during.Where(replica => Names(before).Contains((string?)replica["name"])).Select(replica => replica["properties"]!).ToArray();
        Assert.Equal(4, leaving.Length);
        Assert.All(leaving, properties =>
        {
            Assert.Equal("NotRunning", (string?)properties["runningState"]);
            Assert.StartsWith("System Envoy Container was terminated", (string?)properties["runningStateDetails"], StringComparison.Ordinal);
            Assert.Equal("Running", (string?)properties["containers"]![0]!["runningState"]);
        });
        Assert.All(after, replica => Assert.Equal("Running", (string?)replica["properties"]!["runningState"]));

        static IEnumerable<string?> Names(JsonObject[] replicas) => replicas.Select(replica => (string?)replica["name"]);
    }

    [Fact]
    public async Task The_container_of_a_running_replica_says_when_it_was_started()
    {
        var container = (await Driver.ListAsync(Newest + "/replicas"))[0]["properties"]!["containers"]![0]!;

        Assert.Matches(
            "^Container started at: [0-9]{1,2}/[0-9]{1,2}/20[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2} [AP]M[.]$",
            (string?)container["runningStateDetails"]);
        Assert.Matches("^containerd://[0-9a-f]{32}$", (string?)container["containerId"]);
    }

    [Fact]
    public async Task The_container_of_a_new_revision_first_pulls_its_image_and_has_no_id_yet()
    {
        await PatchAsync(Landing, NewImage);
        var pulling = await Read();
        do
        {
            Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while ((string?)(await LandingAsync("0000007"))["runningState"] == "Processing");

        var starting = await Read();

        Assert.Equal("NotRunning", (string?)pulling["runningState"]);
        var container = pulling["containers"]![0]!.AsObject();
        Assert.Equal("Container is waiting with reason: PullingImage on legion.", (string?)container["runningStateDetails"]);
        Assert.False(container.ContainsKey("containerId"));
        Assert.Equal(
            ("Running", false, true),
            ((string?)starting["runningState"], (bool)starting["containers"]![0]!["ready"]!, (bool)starting["containers"]![0]!["started"]!));

        async Task<JsonNode> Read() => (await Driver.ListAsync(Landing + "/revisions/web-landing--0000007/replicas"))[0]["properties"]!;
    }

    [Fact]
    public async Task The_container_of_a_crashing_revision_is_in_a_crash_loop()
    {
        await PatchAsync(Landing, NewImage.Replace("1.7.0", "1.7.0-crash", StringComparison.Ordinal));
        Driver.Clock.Advance(s_write);

        var replica = (await Driver.ListAsync(Landing + "/revisions/web-landing--0000007/replicas"))[0]["properties"]!;

        Assert.Equal("NotRunning", (string?)replica["runningState"]);
        Assert.Equal(
            ("Waiting", "Container is waiting with reason: CrashLoopBackOff on legion."),
            ((string?)replica["containers"]![0]!["runningState"], (string?)replica["containers"]![0]!["runningStateDetails"]));
    }

    [Fact]
    public async Task The_init_containers_of_the_template_are_done()
    {
        await PatchAsync(Landing, """{"properties":{"template":{"initContainers":[{"name":"prepare","image":"prepare:1"}]}}}""");
        Driver.Clock.Advance(s_write);

        var replica = (await Driver.ListAsync(Landing + "/revisions/web-landing--0000007/replicas"))[0]["properties"]!;

        var container = Assert.Single(replica["initContainers"]!.AsArray())!;
        Assert.Equal(
            ("prepare", "Terminated", "Container was terminated with reason: Completed, exit code: 0."),
            ((string?)container["name"], (string?)container["runningState"], (string?)container["runningStateDetails"]));
    }
}
