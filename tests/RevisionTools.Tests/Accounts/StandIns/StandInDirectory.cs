using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>
/// Stands in for Microsoft Entra, for the OIDC endpoint of Azure Pipelines and for the endpoints of managed identities, as their public
/// contracts say (PEERS 6; the OAuth 2.0 client credentials flow with an assertion; the identity endpoint of App Service and Automation;
/// the instance metadata service).
/// </summary>
internal sealed class StandInDirectory : IDisposable
{
    public const string Audience = "https://management.azure.com";
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string Application = "22222222-2222-2222-2222-222222222222";
    public const string ServiceConnection = "33333333-3333-3333-3333-333333333333";
    public const string JobToken = "the-token-of-the-job";
    public const string Secret = "s3cr3t~of.the-application";
    public const string IdentityHeader = "the-header-of-the-identity";

    private const string Host = "/login.microsoftonline.com";

    private readonly TokenOffice _assertions;
    private readonly LoopbackServer _server;
    private readonly ConcurrentQueue<StandInRequest> _requests = [];
    private readonly Lazy<X509Certificate2> _certificate = new(() => TestCertificate.Create(TimeSpan.FromDays(1)));
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public StandInDirectory(TimeProvider clock, TimeSpan? lifetime = null)
    {
        Tokens = new TokenOffice(clock, lifetime ?? TimeSpan.FromHours(1));
        _assertions = new TokenOffice(clock, TimeSpan.FromMinutes(10));
        _server = LoopbackServer.Start(Answer);
        Transport = new ToLoopback(_server.Address);
    }

    public TokenOffice Tokens { get; }

    /// <summary>Leads to this server, whatever host is meant.</summary>
    public HttpMessageHandler Transport { get; }

    public Uri OidcRequestUri => new(_server.Address, "/pipelines/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken");

    public Uri IdentityEndpoint => new(_server.Address, "/msi/token");

    /// <summary>As Azure Machine Learning has it, with a secret.</summary>
    public Uri OldIdentityEndpoint => new(_server.Address, "/msi/old/token");

    /// <summary>As Azure Cloud Shell has it, without one.</summary>
    public Uri ShellIdentityEndpoint => new(_server.Address, "/msi/shell/token");

    public IReadOnlyList<StandInRequest> Requests => [.. _requests];

    public IReadOnlyList<StandInRequest> TokenRequests => [.. _requests.Where(request => IsTokenPath(request.Path))];

    /// <summary>Answers requests for tokens instead; null leaves them as they are.</summary>
    public Func<StandInRequest, StandInAnswer?>? Instead { get; set; }

    /// <summary>A certificate of the application.</summary>
    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>A file with a federated token.</summary>
    public string AssertionFile
    {
        get
        {
            File.WriteAllText(_file, Assert());
            return _file;
        }
    }

    /// <summary>A federated token.</summary>
    public string Assert() => _assertions.Give("api://AzureADTokenExchange");

    public void Dispose()
    {
        File.Delete(_file);
        if (_certificate.IsValueCreated)
        {
            Certificate.Dispose();
        }

        Transport.Dispose();
        _server.Dispose();
    }

    private static bool IsTokenPath(string path) =>
        path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) || path is "/msi/token" or "/msi/old/token" or "/msi/shell/token" || path.EndsWith("/metadata/identity/oauth2/token", StringComparison.Ordinal);

    private StandInAnswer Answer(StandInRequest request)
    {
        _requests.Enqueue(request);
        return Instead?.Invoke(request) ?? request.Path switch
        {
            $"{Host}/common/discovery/instance" => new StandInAnswer(200, Metadata),
            $"{Host}/{Tenant}/oauth2/v2.0/token" => Token(request),
            "/pipelines/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken" => Assertion(request),
            "/msi/token" => Identity(request),
            "/msi/old/token" => OldIdentity(request),
            "/msi/shell/token" => ShellIdentity(request),
            "/169.254.169.254/metadata/identity/oauth2/token" => MetadataService(request),
            _ => new StandInAnswer(404, """{"error":"not_found"}"""),
        };
    }

    private StandInAnswer Assertion(StandInRequest request) =>
        request.Method == "POST" && request.Header("Authorization") == $"Bearer {JobToken}" && request.Header("X-TFS-FedAuthRedirect") == "Suppress"
        && request.Query("api-version") == "7.1" && request.Query("serviceConnectionId") == ServiceConnection
            ? new StandInAnswer(200, $$"""{"oidcToken":"{{Assert()}}"}""")
            : new StandInAnswer(401, """{"message":"Access denied."}""");

    private StandInAnswer Token(StandInRequest request)
    {
        if (request.Method != "POST" || request.Form("grant_type") != "client_credentials" || request.Form("client_id") != Application
            || request.Form("scope")?.Split(' ').Contains($"{Audience}/.default") is not true)
        {
            return Refused("invalid_request", 900144, "The request body is not as it must be.");
        }

        if (request.Form("client_assertion") is { } assertion)
        {
            return request.Form("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                ? Refused("invalid_request", 900144, "The assertion type is missing.")
                : _assertions.Refuse(assertion, "api://AzureADTokenExchange") is null || IsOfCertificate(assertion) ? Given()
                : Refused("invalid_client", 700024, "Client assertion is not within its valid time range.");
        }

        return request.Form("client_secret") == Secret ? Given() : Refused("invalid_client", 7000215, "Invalid client secret provided.");
    }

    private bool IsOfCertificate(string assertion)
    {
        var parts = assertion.Split('.');
        using var key = Certificate.GetRSAPublicKey()!;
        return parts.Length == 3
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    private StandInAnswer Identity(StandInRequest request) =>
        request.Method != "GET" || request.Header("X-IDENTITY-HEADER") != IdentityHeader || request.Query("api-version") is not "2019-08-01"
            ? new StandInAnswer(401, """{"statusCode":401,"message":"The header is not right."}""")
            : IdentityToken(request);

    private StandInAnswer OldIdentity(StandInRequest request) =>
        request.Method != "GET" || request.Header("secret") != IdentityHeader || request.Query("api-version") is not "2017-09-01"
            ? new StandInAnswer(401, """{"statusCode":401,"message":"The secret is not right."}""")
            : IdentityToken(request);

    private StandInAnswer ShellIdentity(StandInRequest request) =>
        request.Method != "POST" || request.Header("Metadata") != "true" || request.Form("resource") is not { } resource
            ? new StandInAnswer(400, """{"error":{"code":"invalid_request","message":"The request is not as it must be."}}""")
            : IdentityToken(resource, "");

    private StandInAnswer MetadataService(StandInRequest request) =>
        request.Header("Metadata") != "true"
            ? new StandInAnswer(400, """{"error":"invalid_request","error_description":"Required metadata header not specified"}""")
            : request.Query("api-version") != "2018-02-01" ? new StandInAnswer(400, """{"error":"invalid_request","error_description":"Unknown version"}""")
            : IdentityToken(request);

    private StandInAnswer IdentityToken(StandInRequest request) => IdentityToken(request.Query("resource")!, request.Query("client_id"));

    private StandInAnswer IdentityToken(string resource, string? clientId)
    {
        var token = Tokens.Give(resource);
        var end = TokenOffice.End(token);
        return new StandInAnswer(
            200,
            $$"""{"access_token":"{{token}}","expires_on":"{{end}}","resource":"{{resource}}","token_type":"Bearer","client_id":"{{clientId}}"}""");
    }

    private StandInAnswer Given()
    {
        var seconds = (long)Tokens.Lifetime.TotalSeconds;
        return new StandInAnswer(200, $$"""{"token_type":"Bearer","expires_in":{{seconds}},"ext_expires_in":{{seconds}},"access_token":"{{Tokens.Give(Audience)}}"}""");
    }

    public static StandInAnswer Refused(string error, int code, string words) => new(
        error == "invalid_client" ? 401 : 400,
        $$"""{"error":"{{error}}","error_description":"AADSTS{{code}}: {{words}} Trace ID: 0aaaaaaa-0000-4000-8000-000000000000 Correlation ID: 0ccccccc-0000-4000-8000-000000000000 Timestamp: 2026-01-15 09:00:00Z","error_codes":[{{code}}],"correlation_id":"0ccccccc-0000-4000-8000-000000000000"}""");

    private const string Metadata =
        """{"tenant_discovery_endpoint":"https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration","api-version":"1.1","metadata":[{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com","login.windows.net"]}]}""";
}
