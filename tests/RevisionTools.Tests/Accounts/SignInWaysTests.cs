using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Azure.Core;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Tests.Accounts.StandIns;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

/// <summary>Each way to sign in, through the library and over real HTTP, with good and with bad input.</summary>
[Collection(ProcessVariables.Name)]
public sealed class SignInWaysTests : IDisposable
{
    private const string IdentityMissing = """{"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."}""";
    private const string ImdsMissing = """{"error":"invalid_request","error_description":"Identity not found"}""";

    private static readonly TokenRequestContext s_context = new([$"{StandInDirectory.Audience}/.default"], isCaeEnabled: true);

    private readonly AutoClock _clock = new();
    private readonly List<ArmRequestRecord> _told = [];
    private readonly List<ArmPauseRecord> _paused = [];
    private readonly StandInDirectory _directory = new(TimeProvider.System);

    public static TheoryData<string> Ways() => ["secret", "pipelines", "federated", "certificate", "identity", "old identity", "metadata"];

    private static bool IsIdentity(string way) => way is "identity" or "old identity" or "metadata";

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_token_comes_with_nothing_of_the_client_but_its_name(string way)
    {
        using var variables = Variables(way);

        var token = await Create(way).GetTokenAsync(s_context, default);

        Assert.Null(_directory.Tokens.Refuse(token.Token, StandInDirectory.Audience));
        Assert.NotEmpty(_directory.Requests);
        Assert.All(_directory.Requests, request => Assert.Equal(UserAgentPolicy.Text("1.2.3"), request.Header("User-Agent")));
        Assert.All(_directory.Requests, request => Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("x-client", StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(_clock.Waits);
        Assert.Equal(
            _directory.Requests.Select(request => (request.Method, request.Path.Contains('.', StringComparison.Ordinal) ? request.Path[1..] : $"127.0.0.1{request.Path}")),
            _told.Select(record => (record.Method, record.Path)));
        Assert.Equal((200, 1), (_told[^1].Status, _told[^1].Try));
        if (!IsIdentity(way))
        {
            Assert.Contains("CP1", _directory.TokenRequests[^1].Form("claims"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_library_is_asked_past_its_cache_with_claims(string way)
    {
        using var variables = Variables(way);
        var credential = Create(way);
        var first = await credential.GetTokenAsync(s_context, default);
        var cached = await credential.GetTokenAsync(s_context, default);

        var next = await credential.GetTokenAsync(
            new TokenRequestContext(s_context.Scopes, claims: """{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}""", isCaeEnabled: true), default);

        Assert.Equal(first.Token, cached.Token);
        Assert.NotEqual(first.Token, next.Token);
        var claims = _directory.TokenRequests[^1].Form("claims");
        Assert.Equal(IsIdentity(way), claims is null);
        Assert.True(claims is null || (claims.Contains("1604106651", StringComparison.Ordinal) && claims.Contains("CP1", StringComparison.Ordinal)), claims);
    }

    [Theory]
    [InlineData(90002, "There is no tenant '11111111-1111-1111-1111-111111111111' here. Check -TenantId")]
    [InlineData(700016, "The tenant '11111111-1111-1111-1111-111111111111' has no application '22222222-2222-2222-2222-222222222222'. Check the application")]
    [InlineData(7000215, "The secret of the application '22222222-2222-2222-2222-222222222222' is wrong. Give the value")]
    [InlineData(7000222, "has expired. Make a new one")]
    [InlineData(700024, "is not valid at this moment. Compare the clock")]
    [InlineData(700213, "has no federated credential that fits the token. Compare the issuer")]
    [InlineData(50076, "has to pass multi-factor authentication. Sign in in a way")]
    [InlineData(53003, "A conditional access policy of the tenant does not let this sign-in through. An administrator")]
    [InlineData(500011, "knows no resource 'https://management.azure.com'. Check -Environment")]
    [InlineData(7654321, "Microsoft Entra refused to sign in with a client secret: AADSTS7654321: no words for the token eyJ")]
    public async Task What_Entra_refuses_is_said_with_the_cause_and_the_next_step(int code, string words)
    {
        _directory.Instead = request => request.Path.EndsWith("/token", StringComparison.Ordinal)
            ? StandInDirectory.Refused("invalid_client", code, $"no words for the token eyJhbGciOi.eyJzZWNyZXQi.x and {StandInDirectory.Secret}.")
            : null;

        var failure = await FailureAsync("secret");

        Assert.Equal((FailureKind.AuthenticationFailed, $"AADSTS{code}"), (failure.Kind, failure.ErrorCode));
        Assert.Contains(words.Replace("eyJ", "***", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("correlation id 0ccccccc-0000-4000-8000-000000000000)", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("0ccccccc-0000-4000-8000-000000000000", failure.CorrelationId);
    }

    [Fact]
    public void Every_code_that_is_known_has_a_cause_and_a_next_step() => Assert.All(
        EntraError.Codes.Select(code => EntraError.Of(code)!),
        error => Assert.True(error.Cause.EndsWith('.') && error.Next.EndsWith('.') && error.Next.Length > 10, error.ToString()));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_page_of_a_proxy_is_told_from_an_answer(string way)
    {
        _directory.Instead = request => new StandInAnswer(
            way == "metadata" ? 200 : 403, $"<html><body>Blocked. {request.Body} {request.Header("Authorization")} {request.Header("X-IDENTITY-HEADER")} {request.Header("secret")}</body></html>", "text/html; charset=utf-8");

        var failure = await FailureAsync(way);

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains("a web page answered", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Blocked", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity", IdentityMissing, "The managed identity with the client id '44444444-")]
    [InlineData("metadata", ImdsMissing, "The managed identity with the client id '44444444-")]
    [InlineData("system", IdentityMissing, "There is no system-assigned managed identity here. Turn it on, or give -ClientId")]
    public async Task An_identity_that_is_not_assigned_is_named(string way, string answer, string words)
    {
        _directory.Instead = request => request.Path.StartsWith("/msi", StringComparison.Ordinal) || request.Header("Metadata") == "true" ? new StandInAnswer(400, answer) : null;

        var failure = await FailureAsync(way);

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.StartsWith(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("metadata")]
    public async Task An_identity_whose_token_is_over_by_this_clock_is_told_to_compare_the_clocks(string way)
    {
        _directory.Instead = request => request.Path.StartsWith("/msi", StringComparison.Ordinal) || request.Header("Metadata") == "true"
            ? new StandInAnswer(200, """{"access_token":"eyJ.of.the-past","expires_on":"1577836800","resource":"https://management.azure.com","token_type":"Bearer"}""")
            : null;

        var failure = await FailureAsync(way);

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Equal(
            "The managed identity endpoint gave a token that is over already by the clock of this machine. Compare the clock with the real time.", failure.Message);
    }

    [Theory]
    [InlineData("identity", FailureKind.ConnectionFailed, "Could not sign in with the managed identity: the managed identity endpoint did not answer: Connection refused")]
    [InlineData("metadata", FailureKind.AuthenticationFailed, "There is no managed identity here: no variable IDENTITY_ENDPOINT or MSI_ENDPOINT is set")]
    [InlineData("secret", FailureKind.ConnectionFailed, "Could not sign in with a client secret: login.microsoftonline.com did not answer: Connection refused")]
    public async Task An_endpoint_where_nobody_listens_is_told(string way, FailureKind kind, string words)
    {
        var nobody = LoopbackServer.Nobody();
        using var transport = new ToLoopback(nobody);

        var failure = await FailureAsync(way, settings => settings with { Transport = transport }, nobody);

        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("narrowed metadata")]
    public async Task Where_no_metadata_service_is_that_is_found_with_one_short_look(string way)
    {
        var clock = new ManualClock();
        var asked = 0;
        using var silence = new ScriptedHandler().Then(async (_, token) =>
        {
            asked++;
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(Timeout.Infinite, token);
            return ScriptedHandler.Answer(200);
        });

        var failure = await FailureAsync(way, settings => settings with { Transport = silence, Time = clock });

        Assert.StartsWith("There is no managed identity here: no variable IDENTITY_ENDPOINT or MSI_ENDPOINT is set", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, TimeSpan.FromSeconds(1)), (asked, clock.Elapsed));
    }

    [Fact]
    public async Task The_endpoint_of_Cloud_Shell_has_no_secret()
    {
        // The library keeps the tokens of the identity without a name for the whole process, by resource; other tests have to find none.
        const string Registries = "https://containerregistry.azure.net";
        using var variables = ProcessVariables.Set(("MSI_ENDPOINT", _directory.ShellIdentityEndpoint.AbsoluteUri));

        var token = await Create("system").GetTokenAsync(new TokenRequestContext([$"{Registries}/.default"]), default);

        Assert.Null(_directory.Tokens.Refuse(token.Token, Registries));
        Assert.Equal("POST", Assert.Single(_directory.Requests).Method);
    }

    [Fact]
    public async Task The_metadata_service_is_looked_for_once()
    {
        using var variables = Variables("narrowed metadata");
        var credential = Create("narrowed metadata");

        await credential.GetTokenAsync(s_context, default);
        await credential.GetTokenAsync(new TokenRequestContext(["https://containerregistry.azure.net/.default"]), default);

        Assert.Equal([null, "true", "true"], _directory.Requests.Select(request => request.Header("Metadata")));
    }

    [Fact]
    public async Task A_name_that_is_not_to_be_resolved_is_told()
    {
        var error = new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known (login.microsoftonline.com:443)");
        using (Variables("secret"))
        {
            // The library keeps for the whole process what it has learned of the directory's hosts, and asks for that first where it has not.
            await Create("secret").GetTokenAsync(s_context, default);
        }

        var failure = await FailureAsync("secret", settings => settings with { Transport = new ScriptedHandler().ThenThrow(error).ThenThrow(error).ThenThrow(error) });

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains("the name of login.microsoftonline.com is not to be resolved. Check the network and DNS", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _clock.Waits.Count);
        Assert.Equal(_clock.Waits, _paused.Select(record => TimeSpan.FromMilliseconds(Math.Floor(record.Pause.TotalMilliseconds))));
        Assert.All(_paused, record => Assert.Equal(
            ("POST", $"login.microsoftonline.com/{StandInDirectory.Tenant}/oauth2/v2.0/token", "there was no answer, and this is our own pace"), (record.Method, record.Path, record.Reason)));
        Assert.Equal([2, 3], _paused.Select(record => record.Try));
    }

    [Fact]
    public async Task The_password_of_a_proxy_is_not_shown()
    {
        var error = new HttpRequestException(
            HttpRequestError.ProxyTunnelError, "The proxy tunnel request to proxy 'http://ada:pr0xy-w0rd@proxy.contoso.net:8080/' failed with status code '407'.");

        var failure = await FailureAsync("secret", settings => settings with { Transport = new ScriptedHandler().ThenThrow(error).ThenThrow(error).ThenThrow(error) });

        Assert.Contains("http://***@proxy.contoso.net:8080/", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pr0xy-w0rd", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_gets_no_token_for_its_service_connection_is_told_why_that_can_be()
    {
        _directory.Instead = request => request.Path.EndsWith("/oidctoken", StringComparison.Ordinal)
            ? new StandInAnswer(401, $$"""{"message":"{{request.Header("Authorization")}} is not right"}""") : null;

        var failure = await FailureAsync("pipelines");

        Assert.StartsWith("Azure DevOps gave no token for the service connection. SYSTEM_ACCESSTOKEN has to be", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is not right", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_is_told_which_variables_are_missing_and_how_to_map_the_token()
    {
        var failure = Assert.Throws<RevisionToolsException>(() => Credentials.Create(
            new SignIn.AzurePipelines(null, null), Settings() with { TenantId = null, ReadVariable = name => name is "SYSTEM_OIDCREQUESTURI" or "AZURESUBSCRIPTION_TENANT_ID" ? "https://x" : null }));

        Assert.Equal(FailureKind.InvalidCredential, failure.Kind);
        Assert.Equal(
            "The service connection of Azure Pipelines cannot be used. Not set: SYSTEM_ACCESSTOKEN (the step has to map it: 'env:' and below that "
            + "'SYSTEM_ACCESSTOKEN: $(System.AccessToken)'); AZURESUBSCRIPTION_SERVICE_CONNECTION_ID (a task with a service connection of workload identity "
            + "federation sets it (AzurePowerShell@5, AzureCLI@2)); AZURESUBSCRIPTION_CLIENT_ID (a task with a service connection of workload identity "
            + "federation sets it (AzurePowerShell@5, AzureCLI@2)).",
            failure.Message);
    }

    [Theory]
    [InlineData("http://dev.azure.com/oidc")]
    [InlineData("dev.azure.com")]
    public void The_token_of_a_job_goes_nowhere_unprotected(string uri)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => Credentials.Create(
            new SignIn.AzurePipelines("c", "a"), Settings() with { ReadVariable = name => name == "SYSTEM_OIDCREQUESTURI" ? uri : "x" }));

        Assert.Contains("holds no HTTPS address", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "a tenant is needed: none was given, and the environment variable AZURE_TENANT_ID is not set.")]
    [InlineData(true, "There is no file 'no-such-token' with a federated token.")]
    public void What_a_federated_token_needs_is_named(bool hasTenant, string words)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => Credentials.Create(
            new SignIn.FederatedToken("a", "no-such-token"), Settings() with { TenantId = hasTenant ? "t" : null, ReadVariable = _ => null }));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federated_token_is_read_anew_for_each_token()
    {
        using var variables = Variables("federated");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, _directory.Assert());
            var credential = Credentials.Create(new SignIn.FederatedToken(StandInDirectory.Application, file), Settings());
            await credential.GetTokenAsync(s_context, default);
            await File.WriteAllTextAsync(file, "none of ours");

            var failure = await Assert.ThrowsAsync<ServiceRequestException>(
                async () => await credential.GetTokenAsync(new TokenRequestContext(s_context.Scopes, claims: "{}", isCaeEnabled: true), default));

            Assert.Equal("AADSTS700024", failure.ErrorCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_person_with_a_device_code_is_asked_once_and_never_again()
    {
        using var variables = ProcessVariables.Set();
        var told = new List<string>();
        _directory.Instead = DeviceFlow;
        var credential = Credentials.Create(
            new SignIn.DeviceCode((message, _) =>
            {
                told.Add(message);
                return Task.CompletedTask;
            }),
            Settings());

        await credential.GetTokenAsync(s_context, default);
        var renewed = await credential.GetTokenAsync(new TokenRequestContext(s_context.Scopes, claims: "{}", isCaeEnabled: true), default);
        _directory.Instead = request => request.Form("grant_type") == "refresh_token" ? StandInDirectory.Refused("invalid_grant", 50173, "The grant was revoked.") : DeviceFlow(request);
        var failure = await Assert.ThrowsAsync<ServiceRequestException>(
            async () => await credential.GetTokenAsync(new TokenRequestContext(s_context.Scopes, claims: """{"access_token":{"nbf":null}}""", isCaeEnabled: true), default));

        Assert.Null(_directory.Tokens.Refuse(renewed.Token, StandInDirectory.Audience));
        Assert.Equal("To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ABCD.", Assert.Single(told));
        Assert.Equal("AADSTS50173", failure.ErrorCode);
        Assert.StartsWith("The sign-in is over", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-refresh-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_the_session_are_asked_for_by_resource_and_tenant_each_time()
    {
        var requests = new List<CallerTokenRequest>();
        var credential = Credentials.Create(
            new SignIn.Caller((request, _) =>
            {
                requests.Add(request);
                return Task.FromResult(new CallerToken($"t-{requests.Count}", DateTimeOffset.UtcNow.AddHours(1)));
            }),
            Settings());

        Assert.Equal("t-1", (await credential.GetTokenAsync(s_context, default)).Token);
        Assert.Equal("t-2", (await credential.GetTokenAsync(s_context, default)).Token);
        Assert.All(requests, request => Assert.Equal(new CallerTokenRequest("https://management.azure.com", StandInDirectory.Tenant), request));
        Assert.Equal("the sign-in of this session", credential.Way);
    }

    [Fact]
    public async Task What_the_session_fails_with_keeps_its_kind_and_loses_what_is_below()
    {
        var credential = Credentials.Create(
            new SignIn.Caller((_, _) => throw new RevisionToolsException(FailureKind.AuthenticationFailed, "Run Connect-AzAccount.", new InvalidOperationException("eyJhbGciOi.x.y"))), Settings());

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () => await credential.GetTokenAsync(s_context, default));

        Assert.Equal((FailureKind.AuthenticationFailed, "Run Connect-AzAccount."), (failure.Kind, failure.Message));
        Assert.DoesNotContain("eyJ", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""echo '{"accessToken":"az-token","expires_on":4102444800}'""", null)]
    [InlineData("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1", "Could not sign in with Azure CLI: Please run 'az login' to set up account")]
    [InlineData("echo 'ERROR: AADSTS700082: The refresh token has expired. Trace ID: x Correlation ID: 0ccccccc-0000-4000-8000-000000000000' >&2; exit 1", "The sign-in is over: it has expired or was revoked. Sign in again")]
    [InlineData("echo 'ERROR: AADSTS50076: you must use MFA' >&2; exit 1", "The account has to pass multi-factor authentication.")]
    public async Task Azure_CLI_is_asked_by_its_command(string script, string? words)
    {
        if (OperatingSystem.IsWindows())
        {
            // The stand-in for az is a shell script; on Windows the library starts az.cmd.
            return;
        }

        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var az = Path.Combine(folder.FullName, "az");
            await File.WriteAllTextAsync(az, $"#!/bin/sh\necho \"$@\" >> \"{folder.FullName}/calls\"\n{script}\n");
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var variables = ProcessVariables.Set(("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"));
            var credential = Credentials.Create(new SignIn.AzureCli(), Settings());

            if (words is null)
            {
                Assert.Equal("az-token", (await credential.GetTokenAsync(new TokenRequestContext(s_context.Scopes, claims: "{}"), default)).Token);
                Assert.Equal(
                    $"account get-access-token --output json --resource {StandInDirectory.Audience} --tenant {StandInDirectory.Tenant}",
                    (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "calls"))).Trim());
            }
            else
            {
                var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () => await credential.GetTokenAsync(s_context, default));
                Assert.StartsWith(words, failure.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_stop_is_no_failure()
    {
        using var variables = Variables("secret");
        using var stop = new CancellationTokenSource();
        _directory.Instead = _ =>
        {
            stop.Cancel();
            Thread.Sleep(TimeSpan.FromMilliseconds(50));
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create("secret").GetTokenAsync(s_context, stop.Token));
    }

    public void Dispose() => _directory.Dispose();

    private async Task<ServiceRequestException> FailureAsync(string way, Func<CredentialSettings, CredentialSettings>? edit = null, Uri? endpoint = null)
    {
        using var variables = Variables(way, endpoint);
        var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () => await Create(way, edit).GetTokenAsync(s_context, default));
        foreach (var secret in new[] { StandInDirectory.Secret, StandInDirectory.JobToken, StandInDirectory.IdentityHeader, "eyJ" })
        {
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        }

        return failure;
    }

    private IDisposable Variables(string way, Uri? endpoint = null) => way switch
    {
        "identity" or "system" => ProcessVariables.Set(
            ("IDENTITY_ENDPOINT", (endpoint is null ? _directory.IdentityEndpoint : new Uri(endpoint, "/msi/token")).AbsoluteUri), ("IDENTITY_HEADER", StandInDirectory.IdentityHeader)),
        "old identity" => ProcessVariables.Set(
            ("MSI_ENDPOINT", (endpoint ?? _directory.OldIdentityEndpoint).AbsoluteUri), ("MSI_SECRET", StandInDirectory.IdentityHeader)),
        "narrowed metadata" => ProcessVariables.Set(("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")),
        "pipelines" => ProcessVariables.Set(("SYSTEM_OIDCREQUESTURI", _directory.OidcRequestUri.AbsoluteUri)),
        _ => ProcessVariables.Set(),
    };

    private AccountCredential Create(string way, Func<CredentialSettings, CredentialSettings>? edit = null)
    {
        var settings = (edit ?? (same => same))(way.EndsWith("metadata", StringComparison.Ordinal) ? Standing(Settings()) : Settings());
        return Credentials.Create(
            way switch
            {
                "secret" => new SignIn.ClientSecret(StandInDirectory.Application, StandInDirectory.Secret),
                "certificate" => new SignIn.ClientCertificate(StandInDirectory.Application, _directory.Certificate),
                "pipelines" => new SignIn.AzurePipelines(StandInDirectory.ServiceConnection, StandInDirectory.Application),
                "federated" => new SignIn.FederatedToken(StandInDirectory.Application, _directory.AssertionFile),
                "system" => new SignIn.ManagedIdentity(null),
                _ => new SignIn.ManagedIdentity($"44444444-{Guid.NewGuid():N}"),
            },
            settings);
    }

    /// <summary>The limit of the look for the metadata service is not to be over as soon as it begins.</summary>
    private static CredentialSettings Standing(CredentialSettings settings) => settings with { Time = new ManualClock() };

    private CredentialSettings Settings() => new()
    {
        Cloud = CloudEndpoints.Of(AzureEnvironment.AzureCloud),
        TenantId = StandInDirectory.Tenant,
        Time = _clock,
        Transport = _directory.Transport,
        Version = "1.2.3",
        Log = record =>
        {
            _told.Add(record);
            return ValueTask.CompletedTask;
        },
        PauseLog = record =>
        {
            _paused.Add(record);
            return ValueTask.CompletedTask;
        },
        ReadVariable = name => name == "SYSTEM_ACCESSTOKEN" ? StandInDirectory.JobToken : Environment.GetEnvironmentVariable(name),
    };

    private StandInAnswer? DeviceFlow(StandInRequest request)
    {
        if (request.Path.EndsWith("/devicecode", StringComparison.Ordinal))
        {
            return new StandInAnswer(
                200,
                """{"user_code":"ABCD","device_code":"the-device-code","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ABCD."}""");
        }

        if (!request.Path.EndsWith("/token", StringComparison.Ordinal) || request.Form("grant_type") is not ("device_code" or "urn:ietf:params:oauth:grant-type:device_code" or "refresh_token"))
        {
            return null;
        }

        var person = $$"""{"iss":"https://login.microsoftonline.com/{{StandInDirectory.Tenant}}/v2.0","aud":"x","sub":"s","oid":"o-1","tid":"{{StandInDirectory.Tenant}}","preferred_username":"ada@example.net","exp":4102444800,"iat":1,"nbf":1}""";
        var client = $$"""{"uid":"o-1","utid":"{{StandInDirectory.Tenant}}"}""";
        return new StandInAnswer(
            200,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"token_type":"Bearer","expires_in":3600,"scope":"{{StandInDirectory.Audience}}/.default openid profile offline_access","access_token":"{{_directory.Tokens.Give(StandInDirectory.Audience)}}","refresh_token":"the-refresh-token","id_token":"{{Encode("""{"alg":"none"}""")}}.{{Encode(person)}}.x","client_info":"{{Encode(client)}}"}"""));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
