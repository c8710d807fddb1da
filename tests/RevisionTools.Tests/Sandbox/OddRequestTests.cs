using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

/// <summary>Requests that no sane client sends: each gets a clear error and changes nothing, or is taken as far as it makes sense.</summary>
public sealed class OddRequestTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Landing => _driver.App("rg-shop", "web-landing");

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        (var status, var code, _) = await _driver.ErrorAsync(HttpMethod.Patch, Landing, body);

        Assert.Equal((400, "InvalidRequestContent"), (status, code));
    }

    [Fact]
    public async Task Values_of_the_wrong_kind_do_not_break_the_sandbox()
    {
        await _driver.WriteAsync(
            HttpMethod.Patch, Landing, """{"properties":{"configuration":{"activeRevisionsMode":7,"ingress":{"external":"yes","targetPort":"x"}}}}""");

        Assert.NotNull(await _driver.GetAsync(Landing));
        Assert.NotEmpty(await _driver.ListAsync(Landing + "/revisions"));
    }

    [Theory]
    [InlineData("""{"tags":{"a":"\uD800"}}""", "InvalidRequestContent")]
    [InlineData("""{"\uD800":1}""", "InvalidRequestContent")]
    [InlineData("""{"properties":{"configuration":{"ingress":{"traffic":[{"latestRevision":true,"weight":2147483647},{"latestRevision":true,"weight":2147483647}]}}}}""", "ContainerAppInvalidTraffic")]
    [InlineData("""{"properties":{"configuration":{"ingress":{"traffic":[{"latestRevision":true,"weight":150},{"revisionName":"web-landing--0000005","weight":-50}]}}}}""", "ContainerAppInvalidTraffic")]
    public async Task An_impossible_body_is_refused_and_nothing_changes(string body, string code)
    {
        var before = await _driver.GetAsync(Landing);
        var error = await _driver.ErrorAsync(HttpMethod.Patch, Landing, body);

        Assert.Equal((400, code), (error.Status, error.Code));
        Assert.Equal(before.ToJsonString(), (await _driver.GetAsync(Landing)).ToJsonString());
    }

    [Theory]
    [InlineData("""{"tags":3}""")]
    [InlineData("""{"identity":"x"}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"properties":{"configuration":{"dapr":3}}}""")]
    [InlineData("""{"properties":{"configuration":{"secrets":{}}}}""")]
    [InlineData("""{"properties":{"configuration":{"ingress":{"traffic":5}}}}""")]
    [InlineData("""{"properties":{"configuration":{"ingress":{"traffic":[7]}}}}""")]
    [InlineData("""{"properties":{"template":7}}""")]
    [InlineData("""{"properties":{"template":{"containers":{}}}}""")]
    [InlineData("""{"properties":{"template":{"containers":["x"]}}}""")]
    [InlineData("""{"properties":{"template":{"scale":5}}}""")]
    [InlineData("""{"properties":{"template":{"scale":{"rules":"x"}}}}""")]
    public async Task A_body_of_the_wrong_shape_is_refused_and_nothing_changes(string body)
    {
        var before = await _driver.GetAsync(Landing);

        Assert.Equal((400, "InvalidRequestContent"), Code(await _driver.ErrorAsync(HttpMethod.Patch, Landing, body)));
        Assert.Equal((400, "InvalidRequestContent"), Code(await _driver.ErrorAsync(HttpMethod.Put, Landing, body)));
        Assert.Equal(before.ToJsonString(), (await _driver.GetAsync(Landing)).ToJsonString());

        static (int, string?) Code((int Status, string? Code, string? Message) error) => (error.Status, error.Code);
    }

    [Fact]
    public async Task A_new_app_needs_a_location()
    {
        var error = await _driver.ErrorAsync(HttpMethod.Put, _driver.App("rg-shop", "web-new"), """{"properties":{}}""");

        Assert.Equal((400, "LocationRequired"), (error.Status, error.Code));
    }

    [Theory]
    [InlineData("A_B")]
    [InlineData("%20")]
    [InlineData("1web")]
    [InlineData("web-")]
    [InlineData("web--shop")]
    [InlineData("a-name-of-more-than-thirty-two-let")]
    public async Task A_new_app_needs_a_name_that_fits(string name)
    {
        var error = await _driver.ErrorAsync(HttpMethod.Put, _driver.App("rg-shop", name), """{"location":"North Europe","properties":{}}""");

        Assert.Equal((400, "ContainerAppInvalidName"), (error.Status, error.Code));
        Assert.DoesNotContain(_driver.Sandbox.Tenant.Apps, app => app.Name == Uri.UnescapeDataString(name));
    }

    [Theory]
    [InlineData("""{"rules":[{"name":"n","http":"x"},{"name":"m","tcp":[1]}]}""")]
    [InlineData("""{"rules":[{"name":"n","custom":{"type":"cron","metadata":{"start":"10675199.00:00:00","end":"10675199.00:00:00"}}}]}""")]
    public async Task A_scale_rule_that_makes_no_sense_scales_nothing(string scale)
    {
        await _driver.WriteAsync(HttpMethod.Patch, Landing, $$$$"""{"properties":{"template":{"scale":{{{{scale}}}}}}}""");
        _driver.Clock.Advance(TimeSpan.FromMinutes(2));

        var revision = (await _driver.ListAsync(Landing + "/revisions"))[^1];
        Assert.Equal("web-landing--0000007", (string?)revision["name"]);
        Assert.Equal("Running", (string?)revision["properties"]!["runningState"]);
    }

    [Fact]
    public async Task A_revision_has_no_more_than_a_thousand_replicas()
    {
        await _driver.WriteAsync(HttpMethod.Patch, Landing, """{"properties":{"template":{"scale":{"minReplicas":1500000,"maxReplicas":1500000}}}}""");
        _driver.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1000, (await _driver.ListAsync(_driver.Revision("rg-shop", "web-landing", "0000007") + "/replicas")).Length);
    }

    [Fact]
    public async Task A_grace_period_of_a_month_is_over_within_two_hours()
    {
        await _driver.WriteAsync(HttpMethod.Patch, Landing, """{"properties":{"template":{"terminationGracePeriodSeconds":3000000}}}""");
        _driver.Clock.Advance(TimeSpan.FromMinutes(2));
        var revision = _driver.Revision("rg-shop", "web-landing", "0000007");
        await _driver.PostAsync(revision + "/deactivate");
        Assert.Equal("Deprovisioning", await RunningStateAsync(revision));
        _driver.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("Stopped", await RunningStateAsync(revision));
    }

    [Fact]
    public async Task A_token_whose_object_id_is_no_text_is_let_in_as_any_other()
    {
        var claims = Convert.ToBase64String("""{"oid":"\uD800"}"""u8).TrimEnd('=');
        _driver.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"a.{claims}.c");

        Assert.Equal("web-landing", (string?)(await _driver.GetAsync(Landing))["name"]);
    }

    [Theory]
    [InlineData("SINGLE", "Single")]
    [InlineData("mULTIPLE", "Multiple")]
    public async Task A_mode_in_any_case_is_that_mode(string sent, string mode)
    {
        await _driver.WriteAsync(HttpMethod.Patch, Landing, $$$$"""{"properties":{"configuration":{"activeRevisionsMode":"{{{{sent}}}}"}}}""");

        Assert.Equal(mode, (string?)(await _driver.GetAsync(Landing))["properties"]!["configuration"]!["activeRevisionsMode"]);
    }

    [Fact]
    public async Task A_first_creation_keeps_to_the_rules_of_traffic_as_well()
    {
        var error = await _driver.ErrorAsync(HttpMethod.Put, _driver.App("rg-shop", "fresh"), """
            {"location":"North Europe","properties":{"configuration":{"ingress":{"traffic":[{"latestRevision":true,"weight":40}]}},
              "template":{"containers":[{"name":"fresh","image":"fresh:1"}]}}}
            """);

        Assert.Equal((400, "ContainerAppInvalidTraffic"), (error.Status, error.Code));
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, _driver.App("rg-shop", "fresh"))).Status);
    }

    private async Task<string?> RunningStateAsync(string revision) =>
        (string?)((JsonObject)(await _driver.GetAsync(revision))["properties"]!)["runningState"];
}
