using System.Net;
using System.Net.Sockets;
using System.Text;
using RevisionTools.Lifecycle;
using RevisionTools.Probing;

namespace RevisionTools.Tests.Probing;

/// <summary>The probe over a real connection, to a listener on this machine.</summary>
public sealed class ProbeNetworkTests : IDisposable
{
    private const string Host = "web-shop--1.nicewater-12345678.westeurope.azurecontainerapps.io";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    public ProbeNetworkTests() => _listener.Start();

    [Fact(Timeout = 60_000)]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        var serving = ServeAsync("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n", "HTTP/1.1 503 Service Unavailable\r\n");

        var answer = await AskAsync("/healthz");

        Assert.Equal((302, true), (answer.Status, answer.IsGood));
        Assert.StartsWith("GET /healthz HTTP/1.1", Assert.Single(_requests), StringComparison.Ordinal);
        Assert.False(serving.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cookie_is_not_given_back()
    {
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nSet-Cookie: affinity=1; Path=/\r\n", "HTTP/1.1 204 No Content\r\n");

        Assert.Equal(200, (await AskAsync("/")).Status);
        Assert.Equal(204, (await AskAsync("/")).Status);
        await serving;

        Assert.Equal(2, _requests.Count);
        Assert.DoesNotContain("Cookie:", _requests[1], StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Stop();

    private Task<ProbeAnswer> AskAsync(string path) =>
        new HttpRevisionProbe(transport: null, new Uri($"http://{_listener.LocalEndpoint}")).AskAsync(Host, path, CancellationToken.None);

    /// <summary>Gives each connection one of the answers.</summary>
    private async Task ServeAsync(params string[] answers)
    {
        foreach (var answer in answers)
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            await using var stream = connection.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var request = new StringBuilder();
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                request.AppendLine(line);
            }

            _requests.Add(request.ToString());
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}Content-Length: 0\r\nConnection: close\r\n\r\n"));
        }
    }
}
