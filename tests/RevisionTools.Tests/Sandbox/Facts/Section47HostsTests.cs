using System.Net;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>What answers under the host names of apps, revisions and labels.</summary>
public sealed class Section47HostsTests : IDisposable
{
    private readonly ContainerAppsSandbox _sandbox =
        ContainerAppsSandbox.CreateSampleFleet(new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_ready_revision_answers_under_its_own_host_its_labels_and_its_apps()
    {
        var host = FqdnOf("web-checkout--v2-14");

        Assert.Equal(HttpStatusCode.OK, Ask(host));
        Assert.Equal(HttpStatusCode.OK, Ask(host.Replace("--v2-14", "---stable", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, Ask(host.Replace("--v2-14", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_host_asks_for_no_token_and_costs_no_read()
    {
        var host = FqdnOf("web-checkout--v2-14");

        Assert.Equal(HttpStatusCode.OK, Ask(host));
        Assert.Equal(HttpStatusCode.Unauthorized, Ask("management.azure.com"));
        Assert.All(Enumerable.Range(0, 300), _ => Assert.Equal(HttpStatusCode.OK, Ask(host)));
    }

    [Fact]
    public void A_revision_that_is_not_ready_answers_503_and_one_that_is_down_or_not_there_404()
    {
        var failed = FqdnOf("web-search--0000004");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, Ask(failed));
        Assert.Equal(HttpStatusCode.NotFound, Ask(failed.Replace("0000004", "0000001", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, Ask(failed.Replace("0000004", "none", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, Ask(failed.Replace("--0000004", "---none", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, Ask(FqdnOf("orders-worker--0000003")));
    }

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private string FqdnOf(string revision)
    {
        using var client = new HttpMessageInvoker(_sandbox, disposeHandler: false);
        var app = revision[..revision.IndexOf("--", StringComparison.Ordinal)];
        var group = app == "orders-worker" ? "rg-data" : "rg-shop";
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"https://management.azure.com/subscriptions/{_sandbox.SubscriptionId}/resourceGroups/{group}/providers/Microsoft.App/containerApps/{app}/revisions/{revision}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        using var answer = client.Send(request, CancellationToken.None);
        using var json = System.Text.Json.JsonDocument.Parse(answer.Content.ReadAsStream());
        return json.RootElement.GetProperty("properties").GetProperty("fqdn").GetString()!;
    }

    private HttpStatusCode Ask(string host)
    {
        using var client = new HttpMessageInvoker(_sandbox, disposeHandler: false);
        using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, $"https://{host}/healthz"), CancellationToken.None);
        return answer.StatusCode;
    }
}
