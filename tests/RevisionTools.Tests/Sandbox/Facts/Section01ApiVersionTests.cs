namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 1: api-versions.</summary>
public sealed class Section01ApiVersionTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-data", "reports");

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("2024-03-01")]
    [InlineData("2025-01-01")]
    [InlineData("2025-07-01")]
    [InlineData("2025-10-02-preview")]
    [InlineData("2026-01-01")]
    [InlineData("2026-03-02-preview")]
    [InlineData("2026-07-01")]
    public async Task Every_version_of_the_facts_is_accepted_and_listed(string version)
    {
        using var response = await _driver.SendAsync(HttpMethod.Get, App + "/revisions", version: version);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains(version, Assert.Single(response.Headers.GetValues("api-supported-versions")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_is_not_part_of_the_type_that_is_named() => Assert.Contains(
        "for type 'containerApps'.", (await _driver.ErrorAsync(HttpMethod.Post, App + "/stop", version: "2030-01-01")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_version_is_refused_with_the_location_of_the_app_and_the_versions_there_are()
    {
        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Get, App + "/revisions", version: "2030-01-01");

        Assert.Equal((400, "NoRegisteredProviderFound"), (status, code));
        Assert.StartsWith(
            "No registered resource provider found for location 'westeurope' and API version '2030-01-01' for type 'containerApps/revisions'. " +
            "The supported api-versions are '2022-03-01, ",
            message,
            StringComparison.Ordinal);
    }
}
