namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>
/// Sends requests for well-known hosts to a server of this machine, over real HTTP; the library insists on HTTPS for the directory. The path
/// begins with the host that was meant.
/// </summary>
internal sealed class ToLoopback(Uri server) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var meant = request.RequestUri!;
        if (!meant.IsLoopback)
        {
            request.RequestUri = new Uri(server, $"/{meant.Host}{meant.PathAndQuery}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
