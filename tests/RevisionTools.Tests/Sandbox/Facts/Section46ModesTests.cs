namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.6: modes.</summary>
public sealed class Section46ModesTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-shop", "web-landing");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task A_minimal_patch_switches_to_multiple_and_makes_no_revision()
    {
        var before = (await _driver.ListAsync(App + "/revisions")).Length;

        await SwitchAsync("multiple");

        Assert.Equal("Multiple", (string?)(await _driver.GetAsync(App))["properties"]!["configuration"]!["activeRevisionsMode"]);
        Assert.Equal(before, (await _driver.ListAsync(App + "/revisions")).Length);
    }

    [Fact]
    public async Task Single_and_back_to_multiple_leaves_the_others_down()
    {
        await SwitchAsync("multiple");
        await _driver.PostAsync(_driver.Revision("rg-shop", "web-landing", "0000005") + "/activate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(31));
        await SwitchAsync("single");
        await SwitchAsync("multiple");
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));

        var active = (await _driver.ListAsync(App + "/revisions")).Where(revision => (bool)revision["properties"]!["active"]!);
        Assert.Equal("web-landing--0000006", (string?)Assert.Single(active)["name"]);
    }

    private Task SwitchAsync(string mode) => _driver.WriteAsync(
        HttpMethod.Patch,
        App,
        """{"properties":{"configuration":{"activeRevisionsMode":"MODE"}}}""".Replace("MODE", mode, StringComparison.Ordinal));
}
