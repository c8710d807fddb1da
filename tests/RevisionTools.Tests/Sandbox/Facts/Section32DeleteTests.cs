using System.Net;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.2, the rows of DELETE, and recording 16.</summary>
public sealed class Section32DeleteTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-data", "notifications");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Delete_answers_202_with_location_only_and_ends_in_an_empty_204()
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Delete, App);
        var address = Assert.Single(accepted.Headers.GetValues("Location"));
        using var running = await _driver.SendAsync(HttpMethod.Get, address);
        _driver.Clock.Advance(TimeSpan.FromSeconds(35));
        using var done = await _driver.SendAsync(HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.False(accepted.Headers.Contains("Azure-AsyncOperation"));
        Assert.Contains("containerappOperationResults", address, StringComparison.Ordinal);
        Assert.Equal("", await accepted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.True(running.Headers.Contains("Location"));
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal("", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Delete_of_an_absent_app_answers_204_at_once_and_without_a_header_of_the_provider()
    {
        using var response = await _driver.SendAsync(HttpMethod.Delete, App + "-none");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.False(response.Headers.Contains("Location"));
        Assert.False(response.Headers.Contains("api-supported-versions"));
    }

    [Fact]
    public async Task The_app_says_deleting_and_refuses_writes_until_it_is_gone()
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Delete, App);

        Assert.Equal("Deleting", (string?)(await _driver.GetAsync(App))["properties"]!["provisioningState"]);
        Assert.Equal(409, (await _driver.ErrorAsync(HttpMethod.Patch, App, "{}")).Status);
        Assert.Equal(409, (await _driver.ErrorAsync(HttpMethod.Delete, App)).Status);
    }

    [Fact]
    public async Task A_deleted_app_and_its_children_are_not_found_in_the_words_of_arm_and_it_is_in_no_list()
    {
        await _driver.WriteAsync(HttpMethod.Delete, App, null);

        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Get, App);
        Assert.Equal((404, "ResourceNotFound"), (status, code));
        Assert.StartsWith("The Resource 'Microsoft.App/containerApps/notifications' under resource group 'rg-data'", message, StringComparison.Ordinal);
        Assert.Equal("ParentResourceNotFound", (await _driver.ErrorAsync(HttpMethod.Get, App + "/revisions")).Code);
        Assert.DoesNotContain(
            await _driver.ListAsync(_driver.Group("rg-data") + "/providers/Microsoft.App/containerApps"),
            app => (string?)app["name"] == "notifications");
    }

    [Fact]
    public async Task An_app_of_the_same_name_can_be_made_again_and_shares_nothing_with_the_old_one()
    {
        const string Body = """{"location":"North Europe","properties":{"template":{"containers":[{"name":"a","image":"a:1"}]}}}""";
        var app = _driver.App("rg-data", "phoenix");
        await _driver.WriteAsync(HttpMethod.Put, app, Body);
        var first = (await _driver.GetAsync(app))["properties"]!["latestRevisionName"]!.ToString();
        await _driver.WriteAsync(HttpMethod.Delete, app, null);
        await _driver.WriteAsync(HttpMethod.Put, app, Body);

        var second = Assert.Single(await _driver.ListAsync(app + "/revisions"));
        Assert.NotEqual(first, (string?)second["name"]);
    }

    [Fact]
    public async Task The_addresses_of_an_operation_are_as_long_as_those_of_the_service()
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Patch, App, "{}");

        foreach (var header in new[] { "Azure-AsyncOperation", "Location" })
        {
            var address = Assert.Single(accepted.Headers.GetValues(header));
            Assert.InRange(address.Length, 3300, 3700);
            Assert.Matches("&t=[^&]+&c=[^&]+&s=[^&]+&h=[^&]+$", address);
        }
    }
}
