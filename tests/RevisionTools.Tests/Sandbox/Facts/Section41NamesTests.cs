namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.1: names of revisions.</summary>
public sealed class Section41NamesTests : FactTests
{
    [Fact]
    public async Task A_suffix_names_the_revision()
    {
        await PatchAsync(Checkout, """{"properties":{"template":{"revisionSuffix":"v2-16"}}}""");

        Assert.Equal("web-checkout--v2-16", (string?)(await Driver.GetAsync(Checkout))["properties"]!["latestRevisionName"]);
    }

    [Fact]
    public async Task The_first_revision_has_a_random_name_and_the_later_ones_are_numbered()
    {
        (var app, _) = await CreateAsync("{}");
        for (var version = 2; version <= 3; version++)
        {
            Driver.Clock.Advance(s_write);
            await PatchAsync(app, """{"properties":{"template":{"containers":[{"name":"fresh","image":"fresh:VERSION"}]}}}"""
                .Replace("VERSION", $"{version}", StringComparison.Ordinal));
        }

        string[] names = [.. (await Driver.ListAsync(app + "/revisions")).Select(revision => (string)revision["name"]!)];

        Assert.Matches("^fresh--[a-z0-9]{7}$", names[0]);
        Assert.Equal(["fresh--0000001", "fresh--0000002"], names[1..]);
    }

    [Theory]
    [InlineData("v2-16", 202)]
    [InlineData("Bad", 400)]
    [InlineData("1a", 400)]
    [InlineData("a-", 400)]
    [InlineData("a_b", 400)]
    [InlineData("a--b", 400)]
    [InlineData("a23456789012345678901234567890123456789", 202)]
    [InlineData("a234567890123456789012345678901234567890", 202)]
    [InlineData("a2345678901234567890123456789012345678901", 400)]
    public async Task A_suffix_is_lower_case_from_a_letter_on_and_the_whole_name_has_at_most_54_characters(string suffix, int status)
    {
        (var actual, var code, _) = await SendSuffix(suffix);

        Assert.Equal(status, actual);
        Assert.Equal(status == 202 ? null : "ContainerAppInvalidRevisionName", code);
    }

    [Fact]
    public async Task A_suffix_that_was_used_is_refused_in_the_reported_words()
    {
        (var status, _, var message) = await SendSuffix("v2-13");

        Assert.Equal(400, status);
        Assert.Contains("Field 'template.revisionsuffix' is invalid with details: 'Invalid value: ", message, StringComparison.Ordinal);
        Assert.Contains("already exists.", message, StringComparison.Ordinal);
    }

    // The template goes on saying the suffix of the newest revision: who leaves it there asks for it again.
    [Theory]
    [InlineData("", 400)]
    [InlineData("\"revisionSuffix\":null,", 202)]
    [InlineData("\"revisionSuffix\":\"\",", 202)]
    public async Task A_suffix_that_is_left_in_the_template_is_in_the_way_until_it_is_cleared(string suffix, int status)
    {
        using var response = await Driver.SendAsync(
            HttpMethod.Patch, Checkout, """{"properties":{"template":{SUFFIX"scale":{"maxReplicas":3}}}}""".Replace("SUFFIX", suffix, StringComparison.Ordinal));

        Assert.Equal(status, (int)response.StatusCode);
        var app = (await Driver.GetAsync(Checkout))["properties"]!;
        Assert.Matches(status == 202 ? "^web-checkout--[0-9]{7}$" : "--v2-15$", (string)app["latestRevisionName"]!);
        Assert.Equal(status == 202 ? "" : "v2-15", (string?)app["template"]!["revisionSuffix"]);
    }

    [Fact]
    public async Task Traffic_names_a_revision_in_full()
    {
        Assert.Equal(400, (await Driver.ErrorAsync(
            HttpMethod.Patch, Checkout, Traffic("""[{"revisionName":"v2-14","weight":100}]"""))).Status);
        await PatchAsync(Checkout, Traffic("""[{"revisionName":"web-checkout--v2-14","weight":100}]"""));
    }

    private async Task<(int Status, string? Code, string? Message)> SendSuffix(string suffix)
    {
        using var response = await Driver.SendAsync(
            HttpMethod.Patch,
            Checkout,
            """{"properties":{"template":{"revisionSuffix":"SUFFIX"}}}""".Replace("SUFFIX", suffix, StringComparison.Ordinal));
        var body = await response.Content.ReadAsStringAsync();
        var error = body.Length == 0 ? null : System.Text.Json.Nodes.JsonNode.Parse(body)!["error"];
        return ((int)response.StatusCode, (string?)error?["code"], (string?)error?["message"]);
    }
}
