using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>A real HTTP server on a free port of this machine.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<StandInRequest, StandInAnswer> _answer;
    private readonly Task _loop;

    private LoopbackServer(HttpListener listener, Uri address, Func<StandInRequest, StandInAnswer> answer)
    {
        _listener = listener;
        _answer = answer;
        Address = address;
        _loop = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public static LoopbackServer Start(Func<StandInRequest, StandInAnswer> answer)
    {
        // Somebody else can take the port between the two; then the next one is tried.
        for (var attempt = 1; ; attempt++)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener { Prefixes = { address.AbsoluteUri } };
            try
            {
                listener.Start();
                return new LoopbackServer(listener, address, answer);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(10));
    }

    /// <summary>An address of this machine where nobody listens.</summary>
    public static Uri Nobody() => new($"http://127.0.0.1:{FreePort()}/");

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await AnswerAsync(context);
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The server is being stopped, or a client has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var request = new StandInRequest(
            context.Request.HttpMethod,
            context.Request.Url!,
            context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        StandInAnswer answer;
        try
        {
            answer = _answer(request);
        }
        catch (Exception failure)
        {
            answer = new StandInAnswer(500, $$"""{"error":"stand_in_failed","error_description":"{{failure.GetType().Name}}"}""");
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.AddHeader(name, value);
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
