using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>
/// The way of requests for tokens: they name nothing of the client but the module, follow no redirect, and the page of a proxy is told from an
/// answer before a library puts the page into the message of an exception.
/// </summary>
internal sealed class SignInTransport : ToldTransport
{
    private SignInTransport(HttpMessageHandler inner, CredentialSettings settings)
        : base(inner, settings.Version, settings.Time, settings.Log)
    {
    }

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

        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!WebPage.IsInTheWay((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType))
        {
            return answer;
        }

        using (answer)
        {
            throw new ServiceRequestException(FailureKind.ConnectionFailed, WebPage.Explain(request.RequestUri!.Host, (int)answer.StatusCode));
        }
    }

    // What the library tells of itself, of the machine and of earlier calls; nothing needs it.
    private static bool IsAboutTheClient(string header) =>
        header.StartsWith("x-client-", StringComparison.OrdinalIgnoreCase);

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
