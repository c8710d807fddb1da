using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Registries;

/// <summary>
/// Asks one Azure Container Registry whether it has a manifest: a token for registries is exchanged for one of the registry, that for one
/// which may pull from the repository, and with that the manifest is asked for. No redirect is followed, nothing but the registry itself gets a
/// token, and of an answer no more is read than a token can be long.
/// </summary>
internal sealed class RegistryClient(RegistrySettings settings)
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private static readonly string[] s_manifests =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private static readonly HttpMessageHandler s_network = new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    /// <param name="host">The registry, which the person has named.</param>
    /// <param name="repository">The repository, well-formed.</param>
    /// <param name="reference">The tag or the digest, well-formed.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>Whether the manifest is there; null with the reason where nobody can say.</returns>
    public async Task<(bool? IsThere, string Why)> AskAsync(string host, string repository, string reference, CancellationToken cancellationToken)
    {
        if (settings.Credential is not { } credential)
        {
            return (null, "the connection was made with a token for Azure Resource Manager, and none for registries can be had with that");
        }

        using var limit = new CancellationTokenSource(s_timeout, settings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var token = await new ReportingCredential(credential).GetTokenAsync(new TokenRequestContext([RegistrySettings.Scope]), either.Token).ConfigureAwait(false);
            var (refresh, refused) = await PostAsync(
                host, "/oauth2/exchange", "refresh_token", [new("grant_type", "access_token"), new("service", host), new("access_token", token.Token)], either.Token).ConfigureAwait(false);
            if (refresh is null)
            {
                return (null, refused);
            }

            (var access, refused) = await PostAsync(
                host,
                "/oauth2/token",
                "access_token",
                [new("grant_type", "refresh_token"), new("service", host), new("scope", $"repository:{repository}:pull"), new("refresh_token", refresh)],
                either.Token).ConfigureAwait(false);
            return access is null ? (null, refused) : await HeadAsync(host, $"/v2/{repository}/manifests/{reference}", access, either.Token).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            return (null, failure.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (null, $"the registry did not answer: {ConnectionFailures.Describe(failure)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"the registry did not answer within {s_timeout.TotalSeconds:0} seconds");
        }
    }

    private async Task<(string? Token, string Why)> PostAsync(
        string host, string path, string field, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, host, path);
        request.Content = new FormUrlEncodedContent(form);
        using var client = Client();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return (null, $"the registry gave no token to pull ({(int)answer.StatusCode}); the role AcrPull lets one be had");
        }

        return await ReadAsync(answer, field, cancellationToken).ConfigureAwait(false) is { Length: > 0 } token
            ? (token, "")
            : (null, "the answer of the registry holds no token");
    }

    private async Task<(bool?, string)> HeadAsync(string host, string path, string token, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Head, host, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var type in s_manifests)
        {
            request.Headers.Accept.ParseAdd(type);
        }

        using var client = Client();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => (true, ""),
            HttpStatusCode.NotFound => (false, ""),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (null, $"the account may not pull from the repository ({(int)answer.StatusCode}); the role AcrPull lets it"),
            var status => (null, $"the registry answered {(int)status}"),
        };
    }

    private static async Task<string?> ReadAsync(HttpResponseMessage answer, string field, CancellationToken cancellationToken)
    {
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bytes = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field, out var token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpClient Client() => new(new ToldTransport(settings.Transport ?? s_network, settings.Version, settings.Time, settings.Log), disposeHandler: false)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private HttpRequestMessage Request(HttpMethod method, string host, string path)
    {
        var request = new HttpRequestMessage(method, settings.StandIn is { } standIn ? new Uri(standIn, path) : new Uri($"https://{host}{path}"));
        request.Headers.Host = settings.StandIn is null ? null : host;
        return request;
    }
}
