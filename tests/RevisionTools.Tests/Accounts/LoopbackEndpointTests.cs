using System.Net;
using System.Security.Cryptography.X509Certificates;
using RevisionTools.Accounts;
using RevisionTools.Tests.Server;

namespace RevisionTools.Tests.Accounts;

public sealed class LoopbackEndpointTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("https://127.0.0.1:5443/")]
    [InlineData("http://localhost:5080")]
    [InlineData("https://[::1]:5443")]
    public void A_connection_may_go_to_this_machine(string endpoint)
    {
        var settings = ConnectionSettings.ForEndpoint(new Uri(endpoint), null, null, "token");

        Assert.Equal(new Uri(endpoint), settings.Arm.Endpoint);
        Assert.NotNull(settings.Arm.Transport);
    }

    [Theory]
    [InlineData("http://192.168.0.10:5080", "is not this machine")]
    [InlineData("https://management.azure.com", "is not this machine")]
    [InlineData("http://127.0.0.1.example.net:5080", "is not this machine")]
    [InlineData("http://localhost@example.net", "is not this machine")]
    [InlineData("ftp://127.0.0.1", "no HTTP or HTTPS address")]
    [InlineData("file:///etc/hosts", "no HTTP or HTTPS address")]
    [InlineData("127.0.0.1:5080", "no HTTP or HTTPS address")]
    [InlineData("http://user:word@127.0.0.1:5080", "scheme, host and port only")]
    [InlineData("http://127.0.0.1:5080/subscriptions", "scheme, host and port only")]
    [InlineData("http://127.0.0.1:5080/?a=b", "scheme, host and port only")]
    public void Any_other_address_is_refused_before_a_token_is_at_hand(string endpoint, string reason)
    {
        var failure = Assert.Throws<RevisionToolsException>(
            () => ConnectionSettings.ForEndpoint(new Uri(endpoint, UriKind.RelativeOrAbsolute), null, null, "token"));

        Assert.Equal(FailureKind.InvalidEndpoint, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_a_proxy_nor_a_redirect_gets_to_see_the_token()
    {
        using var transport = LoopbackEndpoint.CreateTransport(null);

        Assert.False(transport.UseProxy);
        Assert.False(transport.AllowAutoRedirect);
    }

    [Fact]
    public async Task Over_HTTPS_only_the_certificate_that_was_given_is_trusted()
    {
        await using var served = await ServedSandbox.StartAsync(https: true);
        await using var other = await ServedSandbox.StartAsync(https: true);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(served.AuthorityPem));
        foreach (var authority in new[] { null, other.AuthorityPem })
        {
            var failure = await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(authority));
            Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        }

        async Task<HttpStatusCode> StatusAsync(string? authority)
        {
            using var certificate = authority is null ? null : X509Certificate2.CreateFromPem(authority);
            using HttpClient client = new(LoopbackEndpoint.CreateTransport(certificate));
            using var answer = await client.GetAsync(served.Endpoint);
            return answer.StatusCode;
        }
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_is_named()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "no-such-certificate.pem");

        var failure = Assert.Throws<RevisionToolsException>(() => LoopbackEndpoint.ReadCertificate(path));

        Assert.Equal(FailureKind.InvalidEndpoint, failure.Kind);
        Assert.Contains("no-such-certificate.pem", failure.Message, StringComparison.Ordinal);
        Assert.Throws<RevisionToolsException>(() => LoopbackEndpoint.ReadCertificate(typeof(LoopbackEndpointTests).Assembly.Location));
    }
}
