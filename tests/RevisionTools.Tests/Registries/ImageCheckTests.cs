using Azure.Core;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Preflight;
using RevisionTools.Registries;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Registries;

public sealed class ImageCheckTests : SandboxTest
{
    private const string Host = "contoso.azurecr.io";
    private const string Image = Host + "/team/web:1";

    [Fact]
    public async Task On_the_sandbox_an_image_is_there_or_is_not()
    {
        var registries = new RegistrySettings(new FakeCredential(), ".azurecr.io", Sandbox, null, Sandbox.Clock);

        await new ReadinessRunner(Azure, Output, new ImageCheck(registries, ["ContosoShop.azurecr.io"]))
            .RunAsync([new AppScope(Sandbox.SubscriptionId, "rg-shop", "web-search")], default);

        var judged = Output.Results<RevisionReadiness>();
        Assert.Equal(["is in its registry.", "is not in its registry any more."], new[] { judged[^2], judged[^1] }.Select(readiness => readiness.Findings[^1].Message.Split("' ")[1]));
        Assert.All(judged.SkipLast(1), readiness => Assert.Equal(ReadinessResult.Ready, readiness.Result));
        Assert.Equal(ReadinessResult.NotReady, judged[^1].Findings[^1].Result);
    }

    [Fact]
    public async Task The_registry_gets_a_token_for_registries_and_only_where_it_belongs()
    {
        var credential = new FakeCredential(token: "aad");
        var network = Granting().Then(200);

        var finding = await AskAsync(network, Image, credential);

        Assert.Equal(ReadinessResult.Ready, finding.Result);
        Assert.Equal(["https://containerregistry.azure.net/.default"], credential.Scopes);
        Assert.Equal(
            [$"https://{Host}/oauth2/exchange", $"https://{Host}/oauth2/token", $"https://{Host}/v2/team/web/manifests/1"],
            network.Requests.Select(request => request.Uri.AbsoluteUri));
        Assert.Equal($"grant_type=access_token&service={Host}&access_token=aad", network.Requests[0].Body);
        Assert.Equal($"grant_type=refresh_token&service={Host}&scope=repository%3Ateam%2Fweb%3Apull&refresh_token=r", network.Requests[1].Body);
        Assert.Equal([null, null, "Bearer a"], network.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData(null, Host)]
    [InlineData("https://localhost:4443", Host)]
    public async Task Each_request_names_the_version_and_is_told_by_the_registry_that_is_meant_and_without_what_it_carries(string? standIn, string host)
    {
        var told = new List<ArmRequestRecord>();
        var agents = new List<string>();
        var network = new ScriptedHandler();
        foreach (var body in new[] { """{"refresh_token":"r"}""", """{"access_token":"a"}""", "" })
        {
            network.Then((request, _) =>
            {
                agents.Add(request.Headers.UserAgent.ToString());
                return Task.FromResult(ScriptedHandler.Answer(200, body));
            });
        }

        var settings = new RegistrySettings(new FakeCredential(), ".azurecr.io", network, standIn is null ? null : new Uri(standIn), new ManualClock())
        {
            Version = "1.2.3",
            Log = record =>
            {
                told.Add(record);
                return ValueTask.CompletedTask;
            },
        };
        await new ImageCheck(settings, [Host]).CheckAsync(Image, default);

        Assert.Equal(Enumerable.Repeat("RevisionTools/1.2.3", 3), agents);
        Assert.Equal(
            [
                new("POST", $"{host}/oauth2/exchange", 1, 200, 0, null), new("POST", $"{host}/oauth2/token", 1, 200, 0, null),
                new("HEAD", $"{host}/v2/team/web/manifests/1", 1, 200, 0, null),
            ],
            told);
    }

    [Fact]
    public async Task A_digest_decides_beside_a_tag()
    {
        const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        var network = Granting().Then(200);

        await AskAsync(network, $"{Image}@{Digest}");

        Assert.EndsWith($"/manifests/{Digest}", network.Requests[^1].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.azurecr.io/web:1", "-Registry does not name 'evil.azurecr.io'")]
    [InlineData("contoso.azurecr.io.evil.example/web:1", "no Azure Container Registry")]
    [InlineData("contoso.azurecr.io:444/web:1", "no Azure Container Registry")]
    [InlineData("mcr.microsoft.com/web:1", "no Azure Container Registry")]
    [InlineData("contoso.azurecr.io/../../web:1", "not one that a registry could have")]
    [InlineData("contoso.azurecr.io/web?x=1:1", "not one that a registry could have")]
    [InlineData("contoso.azurecr.io/web:a/../b", "not one that a registry could have")]
    public async Task No_token_follows_the_name_of_an_image(string image, string why)
    {
        var credential = new FakeCredential();
        var network = new ScriptedHandler();

        var finding = await AskAsync(network, image, credential);

        Assert.Equal(ReadinessResult.Unknown, finding.Result);
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
        Assert.Empty(network.Requests);
        Assert.Equal(0, credential.Calls);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData(".azurecr.io")]
    [InlineData("contoso.azurecr.us")]
    [InlineData("contoso.azurecr.io:444")]
    [InlineData("evil.example/contoso.azurecr.io")]
    [InlineData("user@contoso.azurecr.io")]
    [InlineData("a.b.azurecr.io")]
    [InlineData("evil.azurecr.io.example.com")]
    [InlineData("contoso.westeurope.data.azurecr.io")]
    [InlineData("-contoso.azurecr.io")]
    [InlineData("contoso-.azurecr.io")]
    [InlineData("xn--contoso.azurecr.io")]
    [InlineData("contoso.azurecr.io/team")]
    public void Only_hosts_of_the_clouds_registries_can_be_named(string registry)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => new ImageCheck(Settings(new ScriptedHandler(), new FakeCredential()), [registry]));

        Assert.Equal(FailureKind.InvalidRegistry, failure.Kind);
    }

    [Fact]
    public async Task A_login_server_with_a_hash_in_its_label_is_asked()
    {
        const string Hashed = "contoso-a1b2c3.azurecr.io";
        var network = new ScriptedHandler().Then(200, """{"refresh_token":"r"}""").Then(200, """{"access_token":"a"}""").Then(200);
        var check = new ImageCheck(Settings(network, new FakeCredential()), [Hashed]);

        var finding = await check.CheckAsync($"{Hashed}/web:1", CancellationToken.None);

        Assert.Equal(ReadinessResult.Ready, finding.Result);
        Assert.All(network.Requests, request => Assert.Equal(Hashed, request.Uri.Host));
    }

    [Fact]
    public async Task A_connection_with_a_token_of_the_users_own_has_none_for_registries()
    {
        var network = new ScriptedHandler();

        var finding = await AskAsync(network, Image, ConnectionSettings.ForCloud(CloudEndpoints.Of(AzureEnvironment.AzureCloud), new SignIn.Token("arm-token"), null, null).RegistryCredential);

        Assert.Equal(ReadinessResult.Unknown, finding.Result);
        Assert.Contains("none for registries can be had", finding.Message, StringComparison.Ordinal);
        Assert.Empty(network.Requests);
    }

    [Theory]
    [InlineData(404, ReadinessResult.NotReady, "is not in its registry any more")]
    [InlineData(401, ReadinessResult.Unknown, "may not pull")]
    [InlineData(403, ReadinessResult.Unknown, "AcrPull")]
    [InlineData(307, ReadinessResult.Unknown, "answered 307")]
    [InlineData(500, ReadinessResult.Unknown, "answered 500")]
    public async Task What_the_registry_says_of_the_manifest_decides(int status, ReadinessResult result, string words)
    {
        var network = Granting().Then(status, null, ("Location", "https://evil.example/"));

        var finding = await AskAsync(network, Image);

        Assert.Equal(result, finding.Result);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(3, network.Requests.Count);
    }

    [Theory]
    [InlineData(401, "", "gave no token to pull (401)")]
    [InlineData(302, "", "gave no token to pull (302)")]
    [InlineData(200, "<html>", "holds no token")]
    [InlineData(200, "{}", "holds no token")]
    [InlineData(200, "[]", "holds no token")]
    public async Task A_registry_that_gives_no_token_leaves_it_unknown(int status, string body, string words)
    {
        var network = new ScriptedHandler().Then(status, body, ("Location", "https://evil.example/"));

        var finding = await AskAsync(network, Image);

        Assert.Equal(ReadinessResult.Unknown, finding.Result);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Single(network.Requests);
    }

    [Fact]
    public async Task Of_an_endless_answer_only_so_much_is_read()
    {
        var network = new ScriptedHandler().Then(200, $$"""{"padding":"{{new string('x', 200_000)}}","refresh_token":"r"}""");

        Assert.Contains("holds no token", (await AskAsync(network, Image)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_says_no_token()
    {
        var lost = await AskAsync(Granting().ThenThrow(new HttpRequestException("no route")), Image);
        var denied = await AskAsync(new ScriptedHandler(), Image, new FakeCredential(new InvalidOperationException("no login")));

        Assert.All(new[] { lost, denied }, finding => Assert.Equal(ReadinessResult.Unknown, finding.Result));
        Assert.Contains("no route", lost.Message, StringComparison.Ordinal);
        Assert.Contains("No token could be had: no login", denied.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-the-test", lost.Message + denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_no_answer()
    {
        using var stop = new CancellationTokenSource();
        var network = new ScriptedHandler().Then(async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The stop did not reach the network.");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ImageCheck(Settings(network, new FakeCredential()), [Host]).CheckAsync(Image, stop.Token));
    }

    [Fact]
    public async Task An_image_is_asked_for_once()
    {
        var network = Granting().Then(200);
        var images = new ImageCheck(Settings(network, new FakeCredential()), [Host]);

        await images.CheckAsync(Image, default);
        await images.CheckAsync(Image, default);

        Assert.Equal(3, network.Requests.Count);
    }

    private static ScriptedHandler Granting() => new ScriptedHandler().Then(200, """{"refresh_token":"r"}""").Then(200, """{"access_token":"a"}""");

    private static RegistrySettings Settings(HttpMessageHandler network, TokenCredential? credential) => new(credential, ".azurecr.io", network, null, TimeProvider.System);

    private static Task<ReadinessFinding> AskAsync(HttpMessageHandler network, string image) => AskAsync(network, image, new FakeCredential());

    private static Task<ReadinessFinding> AskAsync(HttpMessageHandler network, string image, TokenCredential? credential) =>
        new ImageCheck(Settings(network, credential), [Host]).CheckAsync(image, default);
}
