using System.Buffers.Text;
using System.Text;
using Azure.Core;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class TokenTests
{
    private static readonly TokenRequestContext s_context = new(["https://management.azure.com/.default"]);

    [Theory]
    [InlineData("""{"upn":"ada@example.net","appid":"a-1","tid":"t-1"}""", "ada@example.net", "t-1")]
    [InlineData("""{"unique_name":"live.com#ada@example.net"}""", "live.com#ada@example.net", null)]
    [InlineData("""{"appid":"a-1","oid":"o-1"}""", "a-1", null)]
    [InlineData("""{"upn":"","azp":"a-2"}""", "a-2", null)]
    [InlineData("{\"upn\":\"ada\\u001b[31m\\u202e@example.net\"}", "ada[31m@example.net", null)]
    [InlineData("""{"upn":17}""", null, null)]
    [InlineData("{\"upn\":\"\\ud800\"}", null, null)]
    [InlineData("[1]", null, null)]
    [InlineData("no json", null, null)]
    public void A_token_tells_whose_it_is(string payload, string? account, string? tenant)
    {
        var claims = TokenClaims.Read(Jwt(payload));

        Assert.Equal((account, tenant), (claims.AccountName, claims.TenantId));
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!!!.c")]
    [InlineData("a..c")]
    [InlineData("...")]
    public void A_text_that_is_no_web_token_has_no_claims(string token) =>
        Assert.Equal(new TokenClaims(null, null, null), TokenClaims.Read(token));

    [Fact]
    public void A_web_token_ends_when_it_says()
    {
        var clock = new ManualClock();
        var end = clock.GetUtcNow().AddMinutes(10);
        var credential = new StaticTokenCredential(Jwt($$"""{"exp":{{end.ToUnixTimeSeconds()}}}"""), clock);

        Assert.Equal(end, credential.GetToken(s_context, default).ExpiresOn);
        clock.Advance(TimeSpan.FromMinutes(10));
        var failure = Assert.Throws<ServiceRequestException>(() => credential.GetToken(s_context, default));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Equal("The access token expired at 2025-11-20 12:10:00 UTC.", failure.Message);
    }

    [Theory]
    [InlineData("""{"exp":"soon"}""")]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":-5}""")]
    public void Another_token_is_taken_to_last_an_hour(string payload)
    {
        var clock = new ManualClock();

        Assert.Equal(clock.GetUtcNow().AddHours(1), new StaticTokenCredential(Jwt(payload), clock).GetToken(s_context, default).ExpiresOn);
        Assert.Equal(clock.GetUtcNow().AddHours(1), new StaticTokenCredential("opaque", clock).GetToken(s_context, default).ExpiresOn);
    }

    [Fact]
    public async Task An_expired_token_fails_before_anything_is_sent()
    {
        var handler = new ScriptedHandler();
        var credential = new StaticTokenCredential(Jwt("""{"exp":1000}"""), TimeProvider.System);
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, credential: credential));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.GetAppAsync(ArmTestClient.App, default));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains("expired at 1970-01-01 00:16:40 UTC", failure.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void The_token_is_never_shown()
    {
        var token = Jwt("""{"upn":"ada@example.net"}""");

        Assert.Equal("access token of ada@example.net", new StaticTokenCredential(token, TimeProvider.System).ToString());
    }

    private static string Jwt(string payload) => $"eyJhbGciOiJub25lIn0.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.signature";
}
