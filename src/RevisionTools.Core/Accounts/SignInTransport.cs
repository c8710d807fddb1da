using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>
/// The way of requests for tokens: names the module and nothing else of the client, follows no redirect, and tells the page of a proxy from an
/// answer before a library puts the page into the message of an exception. Tells the log of each.
/// </summary>
internal sealed class SignInTransport : DelegatingHandler
{
    private readonly CredentialSettings _settings;

    private SignInTransport(HttpMessageHandler inner, CredentialSettings settings)
        : base(inner) => _settings = settings;

    /// <summary>To the directory, by the machine's proxy.</summary>
    public static SignInTransport ToDirectory(CredentialSettings settings) => new(settings.Transport ?? Network.WithProxy, settings);

    /// <summary>To an endpoint of this machine or its host, which no proxy leads to.</summary>
    public static SignInTransport ToMachine(CredentialSettings settings) => new(settings.Transport ?? Network.WithoutProxy, settings);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var name in request.Headers.Select(header => header.Key).Where(IsAboutTheClient).ToList())
        {
            request.Headers.Remove(name);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", UserAgentPolicy.Text(_settings.Version));
        var answer = await SendToldAsync(request, cancellationToken).ConfigureAwait(false);
        if (!WebPage.IsInTheWay((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType))
        {
            return answer;
        }

        using (answer)
        {
            throw new ServiceRequestException(FailureKind.ConnectionFailed, WebPage.Explain(request.RequestUri!.Host, (int)answer.StatusCode));
        }
    }

    private async Task<HttpResponseMessage> SendToldAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var place = $"{request.RequestUri!.IdnHost}{request.RequestUri.AbsolutePath}";
        var started = _settings.Time.GetTimestamp();
        var status = 0;
        try
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            status = (int)answer.StatusCode;
            return answer;
        }
        finally
        {
            var duration = _settings.Time.GetElapsedTime(started).TotalMilliseconds;
            await ArmLog.TellAsync(_settings.Log, new ArmRequestRecord(request.Method.Method, place, 1, status, duration, null), cancellationToken).ConfigureAwait(false);
        }
    }

    // What the library tells of itself, of the machine and of earlier calls; nothing needs it.
    private static bool IsAboutTheClient(string header) =>
        header.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) || header.StartsWith("x-client-", StringComparison.OrdinalIgnoreCase);

    private static class Network
    {
        public static readonly SocketsHttpHandler WithProxy = Create(useProxy: true);
        public static readonly SocketsHttpHandler WithoutProxy = Create(useProxy: false);

        private static SocketsHttpHandler Create(bool useProxy) => new()
        {
            UseProxy = useProxy,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }
}
