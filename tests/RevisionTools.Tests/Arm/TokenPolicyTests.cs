using System.Text;
using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Accounts.StandIns;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class TokenPolicyTests
{
    private const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}""";

    private static readonly string s_app = Fixture.Read("app-with-unknown-fields.json");

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_challenge_is_answered_with_a_token_that_has_the_claims_and_the_request_is_sent_again()
    {
        var source = new Numbered();
        var records = new List<ArmRequestRecord>();
        var handler = new ScriptedHandler().Then(401, null, ("WWW-Authenticate", Challenge(Claims))).Then(200, s_app).Then(200, s_app);
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, _clock, source) with { Log = record => { records.Add(record); return default; } });

        await client.GetAppAsync(ArmTestClient.App, default);
        await client.GetAppAsync(ArmTestClient.App, default);

        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-2"], handler.Requests.Select(request => request.Authorization));
        Assert.Equal([null, Claims], source.Claims);
        Assert.Equal([(1, 401), (2, 200), (1, 200)], records.Select(record => (record.Try, record.Status)));
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer authorization_uri=\"https://login.windows.net/t\", error=\"invalid_token\", error_description=\"The access token has expired.\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"no base64!\"")]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"WzFd\"")]
    public async Task After_a_plain_refusal_one_renewal_and_one_more_try(string? header)
    {
        var source = new Numbered();
        var handler = new ScriptedHandler().Then(401, null, Header(header)).Then(200, s_app);

        await new ContainerAppsClient(ArmTestClient.Options(handler, _clock, source)).GetAppAsync(ArmTestClient.App, default);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], handler.Requests.Select(request => request.Authorization));
        Assert.Contains("\"nbf\"", source.Claims[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_refusal_is_the_end(bool challenged)
    {
        var source = new Numbered();
        var handler = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(401, null, Header(challenged ? Challenge(Claims) : null)));
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, _clock, source));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.GetAppAsync(ArmTestClient.App, default));

        Assert.Equal((FailureKind.AuthenticationFailed, 401, 2), (failure.Kind, failure.Status, handler.Requests.Count));
        Assert.Equal(challenged, failure.Message.Contains("asks for a new or a stronger sign-in", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ServiceRequestException>(() => client.GetAppAsync(ArmTestClient.App, default));
        Assert.Equal((3, 2), (handler.Requests.Count, source.Claims.Count));
    }

    [Fact]
    public async Task A_write_is_left_refused_and_told_that_there_is_a_new_token()
    {
        var handler = new ScriptedHandler().Then(401, null, ("WWW-Authenticate", Challenge(Claims))).Then(200, "\"Deactivate succeeded\"");
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, _clock, new Numbered()));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.DeactivateRevisionAsync(ArmTestClient.Revision, default));

        Assert.Equal((FailureKind.AuthenticationFailed, true, false), (failure.Kind, failure.TokenIsRenewed, failure.OutcomeUnknown));
        Assert.Single(handler.Requests);
        await client.DeactivateRevisionAsync(ArmTestClient.Revision, default);
        Assert.Equal("Bearer token-2", handler.Requests[1].Authorization);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_of_state_looks_again_and_succeeds_after_a_refused_token(bool challenged)
    {
        var clock = new SandboxClock(Given.Now);
        using var world = ContainerAppsSandbox.CreateSampleFleet(clock);
        var office = new TokenOffice(clock, TimeSpan.FromHours(1));
        using var gate = new TokenGate(office, "arm", world) { Challenge = challenged ? Challenge(Claims) : null };
        var azure = new ContainerAppsClient(ArmTestClient.Options(gate, clock, new FromOffice(office)));
        var app = new ContainerAppId(world.SubscriptionId, "rg-shop", "web-shop");
        var snapshot = await new SnapshotReader(azure).ReadAsync(app, default);
        var revision = snapshot.Revisions.First(one => one.IsStanding && one.TrafficWeight is null or 0);
        world.ClearRequests();
        gate.Revoked = request => request.Method == HttpMethod.Post && office.Given.Count == 1;

        var options = new StateChangeOptions { Target = RevisionState.Inactive, Activity = "test", Random = new Random(1) };
        var end = await new RevisionStateChanger(azure, options, new CollectingOutput())
            .ChangeAsync(new ApprovedStateChange(revision, (_, _, _) => ValueTask.FromResult<RevisionProtectedException?>(null)), default);

        Assert.Equal(StateChangeOutcome.Done, end.Outcome);
        Assert.Equal((1, 1, 2), (gate.Refusals, world.WriteCount, office.Given.Count));
    }

    [Fact]
    public async Task Plain_http_on_this_machine_gets_the_same_treatment()
    {
        var handler = new ScriptedHandler().Then(401).Then(200, s_app);
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, _clock, new Numbered(), "http://127.0.0.1:5080"));

        await client.GetAppAsync(ArmTestClient.App, default);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], handler.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData("Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{0}\"", true)]
    [InlineData("Bearer claims=\"{0}\", error=insufficient_claims", true)]
    [InlineData("PoP nonce=\"x\", Bearer error=\"insufficient_claims\", claims=\"{0}\"", true)]
    [InlineData("bearer ERROR=\"insufficient_claims\",CLAIMS=\"{0}\"", true)]
    [InlineData("Basic error=\"insufficient_claims\", claims=\"{0}\"", false)]
    [InlineData("Bearer error=\"invalid_token\", claims=\"{0}\"", false)]
    [InlineData("Bearer", false)]
    public async Task A_challenge_is_read_as_it_is_written(string header, bool isChallenge)
    {
        var source = new Numbered();
        var text = header.Replace("{0}", Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims)), StringComparison.Ordinal);
        var handler = new ScriptedHandler().Then(401, null, ("WWW-Authenticate", text)).Then(200, s_app);

        await new ContainerAppsClient(ArmTestClient.Options(handler, _clock, source)).GetAppAsync(ArmTestClient.App, default);

        Assert.Equal(isChallenge, source.Claims[1] == Claims);
    }

    private static string Challenge(string claims) =>
        $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims))}\"";

    private static (string, string)[] Header(string? value) => value is null ? [] : [("WWW-Authenticate", value)];

    private sealed class Numbered : TokenCredential
    {
        public List<string?> Claims { get; } = [];

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Claims.Add(requestContext.Claims);
            return new(new AccessToken($"token-{Claims.Count}", DateTimeOffset.UtcNow.AddHours(1)));
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class FromOffice(TokenOffice office) : TokenCredential
    {
        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(new AccessToken(office.Give("arm"), DateTimeOffset.UtcNow.AddHours(1)));

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
