using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>The storages of a managed environment, which volumes are on.</summary>
public sealed class Section02StoragesTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Storages => _driver.Group("rg-platform") + "/providers/Microsoft.App/managedEnvironments/env-northeurope/storages";

    [Fact]
    public async Task Storages_are_made_listed_replaced_and_deleted_and_no_answer_tells_a_key()
    {
        Assert.Empty(await _driver.ListAsync(Storages));

        await PutAsync("reports", "ReadWrite");
        await PutAsync("archive", "ReadOnly");
        await PutAsync("reports", "ReadOnly");

        var listed = await _driver.ListAsync(Storages);
        Assert.Equal(["archive", "reports"], listed.Select(storage => (string?)storage!["name"]));
        Assert.All(listed, storage => Assert.Equal("""{"accountName":"contoso","shareName":"files","accessMode":"ReadOnly"}""", storage!["properties"]!["azureFile"]!.ToJsonString()));
        Assert.Equal("Microsoft.App/managedEnvironments/storages", (string?)(await _driver.GetAsync(Storages + "/reports"))["type"]);

        Assert.Equal(200, (int)(await _driver.SendAsync(HttpMethod.Delete, Storages + "/reports")).StatusCode);
        Assert.Equal(["archive"], (await _driver.ListAsync(Storages)).Select(storage => (string?)storage!["name"]));
    }

    [Fact]
    public async Task An_absent_storage_is_told_by_a_code_of_its_own() => Assert.Equal(
        (404, "ManagedEnvironmentStorageNotFound", "Storage 'none' was not found under environment 'env-northeurope'."),
        await _driver.ErrorAsync(HttpMethod.Get, Storages + "/none"));

    [Fact]
    public async Task Storages_of_a_scenario_are_there_and_an_export_keeps_them()
    {
        using SandboxDriver driver = new(SandboxScenario.Sample() with { Storages = [new ScenarioStorage { Name = "reports" }] });

        Assert.Equal(["reports"], (await driver.ListAsync(Storages)).Select(storage => (string?)storage!["name"]));
        Assert.Equal("reports", Assert.Single(driver.Sandbox.Export().Storages).Name);
        using SandboxDriver again = new(SandboxScenario.Parse(driver.Sandbox.Export().ToJson()));
        Assert.Equal(["reports"], (await again.ListAsync(Storages)).Select(storage => (string?)storage!["name"]));
    }

    public void Dispose() => _driver.Dispose();

    private async Task PutAsync(string name, string accessMode)
    {
        var body = """{"properties":{"azureFile":{"accountName":"contoso","accountKey":"topsecret","shareName":"files","accessMode":"MODE"}}}"""
            .Replace("MODE", accessMode, StringComparison.Ordinal);
        var answer = await _driver.SendAsync(HttpMethod.Put, $"{Storages}/{name}", body);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.DoesNotContain("topsecret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
