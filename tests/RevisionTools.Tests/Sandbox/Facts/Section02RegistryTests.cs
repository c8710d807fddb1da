using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>The container registries that the images of apps come from.</summary>
public sealed class Section02RegistryTests : IDisposable
{
    private const string Host = "contososhop.azurecr.io";

    private readonly SandboxDriver _driver = new();

    [Fact]
    public async Task A_registry_exchanges_tokens_and_tells_which_manifests_it_has()
    {
        var token = await TokenAsync(Host, "repository:search:pull");

        Assert.Equal(HttpStatusCode.OK, await HeadAsync("search", "0.9.2", token));
        Assert.Equal(HttpStatusCode.NotFound, await HeadAsync("search", "0.9.3-rc", token));
        Assert.Equal(HttpStatusCode.NotFound, await HeadAsync("search", "1.0-missing", token));
        Assert.Equal(0, _driver.Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_token_for_another_repository_or_registry_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await HeadAsync("search", "0.9.2", await TokenAsync(Host, "repository:shop:pull")));
        Assert.Equal(HttpStatusCode.Unauthorized, await HeadAsync("search", "0.9.2", await TokenAsync("other.azurecr.io", "repository:search:pull")));
        Assert.Equal(HttpStatusCode.Unauthorized, await HeadAsync("search", "0.9.2", "a-token"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Host, "/oauth2/token", new() { ["grant_type"] = "refresh_token", ["service"] = Host, ["refresh_token"] = "a-token", ["scope"] = "repository:search:pull" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Host, "/oauth2/exchange", new() { ["grant_type"] = "access_token", ["service"] = Host })).StatusCode);
    }

    public void Dispose() => _driver.Dispose();

    private async Task<string> TokenAsync(string host, string scope)
    {
        var refresh = await FieldAsync("refresh_token", host, "/oauth2/exchange", new() { ["grant_type"] = "access_token", ["service"] = host, ["access_token"] = "a-token" });
        return await FieldAsync("access_token", host, "/oauth2/token", new() { ["grant_type"] = "refresh_token", ["service"] = host, ["scope"] = scope, ["refresh_token"] = refresh });
    }

    private async Task<string> FieldAsync(string field, string host, string path, Dictionary<string, string> form)
    {
        var answer = await PostAsync(host, path, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())![field]!;
    }

    private Task<HttpResponseMessage> PostAsync(string host, string path, Dictionary<string, string> form) =>
        _driver.Client.PostAsync(new Uri($"https://{host}{path}"), new FormUrlEncodedContent(form));

    private async Task<HttpStatusCode> HeadAsync(string repository, string tag, string token)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, $"https://{Host}/v2/{repository}/manifests/{tag}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await _driver.Client.SendAsync(request)).StatusCode;
    }
}
