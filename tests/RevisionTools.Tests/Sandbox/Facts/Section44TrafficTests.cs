using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.4: the traffic table and trafficWeight.</summary>
public sealed class Section44TrafficTests : FactTests
{
    [Fact]
    public async Task Patch_merges_objects_replaces_arrays_and_removes_by_null()
    {
        await PatchAsync(Checkout, """
            {"tags":{"owner":null,"stage":"test"},"properties":{"configuration":{"ingress":{"traffic":[
              {"revisionName":"web-checkout--v2-15","weight":"100","latestRevision":false,"label":null}]}}}}
            """);
        var app = await Driver.GetAsync(Checkout);

        Assert.Equal("""{"stage":"test"}""", app["tags"]!.ToJsonString());
        var ingress = app["properties"]!["configuration"]!["ingress"]!;
        Assert.Equal("""[{"revisionName":"web-checkout--v2-15","weight":100}]""", ingress["traffic"]!.ToJsonString());
        Assert.Equal(8080, (int)ingress["targetPort"]!);
        Assert.Equal(100, (int)(await Driver.RevisionAsync("rg-shop", "web-checkout", "v2-15"))["trafficWeight"]!);
    }

    [Fact]
    public async Task Without_a_table_all_goes_to_the_latest_revision()
    {
        (var app, _) = await CreateAsync("""{"ingress":{"targetPort":80}}""");

        Assert.Equal(
            """[{"weight":100,"latestRevision":true}]""",
            (await PropertiesAsync(app))["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_ingress_every_weight_is_0_and_the_host_name_is_there_all_the_same()
    {
        var revisions = await Driver.ListAsync(Worker + "/revisions");

        Assert.All(revisions, revision =>
        {
            Assert.Equal(0, (int)revision["properties"]!["trafficWeight"]!);
            Assert.Contains("azurecontainerapps.io", (string?)revision["properties"]!["fqdn"], StringComparison.Ordinal);
        });
        Assert.Contains(revisions, revision => (bool)revision["properties"]!["active"]!);
    }

    [Fact]
    public async Task The_entry_for_the_latest_counts_for_a_revision_that_is_not_ready_yet()
    {
        await PatchAsync(Landing, NewImage);

        var starting = await LandingAsync("0000007");

        Assert.NotEqual("Running", (string?)starting["runningState"]);
        Assert.Equal((100, 0), ((int)starting["trafficWeight"]!, (int)(await LandingAsync("0000006"))["trafficWeight"]!));
        Assert.Equal("web-landing--0000006", (string?)(await PropertiesAsync(Landing))["latestReadyRevisionName"]);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(60, 40)]
    public async Task A_weight_is_the_sum_of_the_entries_that_mean_the_revision(int latest, int named)
    {
        await PatchAsync(Shop, Traffic($$"""
            [{"latestRevision":true,"weight":{{latest}}},{"revisionName":"web-shop--0000030","weight":{{named}},"label":"a"}]
            """));

        Assert.Equal(100, (int)(await ShopAsync("0000030"))["trafficWeight"]!);
    }

    [Fact]
    public async Task Entries_of_weight_0_stay_and_hold_their_label()
    {
        const string Entries = """[{"revisionName":"web-checkout--v2-14","weight":100},{"revisionName":"web-checkout--v2-12","weight":0,"label":"previous"}]""";

        await PatchAsync(Checkout, Traffic(Entries));

        Assert.Equal(Entries, (await PropertiesAsync(Checkout))["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
    }

    [Fact]
    public async Task The_weights_must_make_100_and_else_nothing_changes()
    {
        var before = (await Driver.GetAsync(Checkout)).ToJsonString();

        Assert.Equal(400, (await Driver.ErrorAsync(HttpMethod.Patch, Checkout, Traffic("""[{"latestRevision":true,"weight":90}]"""))).Status);

        Assert.Equal(before, (await Driver.GetAsync(Checkout)).ToJsonString());
    }

    [Theory]
    [InlineData("""[{"latestRevision":true,"weight":90}]""")]
    [InlineData("""[{"revisionName":"web-checkout--gone","weight":100}]""")]
    [InlineData("""[{"latestRevision":true,"weight":100,"label":"a"},{"revisionName":"web-checkout--v2-14","weight":0,"label":"a"}]""")]
    public async Task A_traffic_array_that_breaks_the_rules_is_refused_and_nothing_changes(string traffic)
    {
        var before = (await Driver.GetAsync(Checkout)).ToJsonString();

        (var status, _, _) = await Driver.ErrorAsync(
            HttpMethod.Patch, Checkout, """{"properties":{"configuration":{"ingress":{"traffic":TRAFFIC}}}}""".Replace("TRAFFIC", traffic));

        Assert.Equal(400, status);
        Assert.Equal(before, (await Driver.GetAsync(Checkout)).ToJsonString());
    }

    [Fact]
    public async Task The_table_is_replaced_whole_and_there_is_no_etag_to_guard_it()
    {
        await PatchAsync(Checkout, Traffic("""[{"revisionName":"web-checkout--v2-14","weight":100}]"""));
        using var response = await Driver.SendAsync(HttpMethod.Get, Checkout);
        var app = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

        Assert.Single(app["properties"]!["configuration"]!["ingress"]!["traffic"]!.AsArray());
        Assert.Null(response.Headers.ETag);
        Assert.False(app.ContainsKey("etag"));
    }

    [Fact]
    public async Task The_entry_for_the_latest_moves_with_each_change_of_the_template_and_a_named_one_does_not()
    {
        await PatchAsync(Shop, Traffic("""[{"latestRevision":true,"weight":30},{"revisionName":"web-shop--0000030","weight":70}]"""));
        Driver.Clock.Advance(s_write);

        await PatchAsync(Shop, """{"properties":{"template":{"revisionSuffix":"next"}}}""");

        Assert.Equal((30, 70), ((int)(await ShopAsync("next"))["trafficWeight"]!, (int)(await ShopAsync("0000030"))["trafficWeight"]!));
    }
}
