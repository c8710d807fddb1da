using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace RevisionTools.Testing
{
    /// <summary>What a request to the server was.</summary>
    public sealed record LoopbackRequest(string Method, string Path, string Query, string Token, string IdentityHeader);

    /// <summary>Stands in for Azure Resource Manager and for the endpoints of identities, on this machine and with fixed answers.</summary>
    public sealed class LoopbackServer : IDisposable
    {
        private readonly HttpListener _listener;
        private readonly ConcurrentDictionary<string, (int Status, string Body)> _answers = new ConcurrentDictionary<string, (int, string)>();

        private readonly ConcurrentDictionary<string, bool> _refused = new ConcurrentDictionary<string, bool>();

        public LoopbackServer()
        {
            // A port that is free now may not be so a moment later.
            for (int attempt = 1; ; attempt++)
            {
                Address = new Uri($"http://127.0.0.1:{FreePort()}/");
                _listener = new HttpListener();
                _listener.Prefixes.Add(Address.AbsoluteUri);
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException) when (attempt < 10)
                {
                }
            }

            _ = ServeAsync();
        }

        public Uri Address { get; }

        /// <summary>The requests so far, in order.</summary>
        public ConcurrentQueue<LoopbackRequest> Requests { get; } = new ConcurrentQueue<LoopbackRequest>();

        /// <summary>From now on a path is answered with this; other paths with 404.</summary>
        public void Answer(string path, string body, int status = 200) => _answers[path] = (status, body);

        /// <summary>From now on a token is refused, everywhere or at one path.</summary>
        public void Refuse(string token, string path = "") => _refused[token + path] = true;

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext call;
                try
                {
                    call = await _listener.GetContextAsync().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }

                HttpListenerRequest request = call.Request;
                string authorization = request.Headers["Authorization"] ?? "";
                string token = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization.Substring(7) : authorization;
                Requests.Enqueue(new LoopbackRequest(
                    request.HttpMethod,
                    request.Url.AbsolutePath,
                    Uri.UnescapeDataString(request.Url.Query),
                    token,
                    request.Headers["X-IDENTITY-HEADER"] ?? ""));
                (int status, string text) = _refused.ContainsKey(token) || _refused.ContainsKey(token + request.Url.AbsolutePath) ? (401, Error("ExpiredAuthenticationToken"))
                    : _answers.TryGetValue(request.Url.AbsolutePath, out (int, string) answer) ? answer
                    : (404, Error("NotFound"));
                byte[] body = Encoding.UTF8.GetBytes(text);
                call.Response.StatusCode = status;
                call.Response.ContentType = "application/json";
                call.Response.ContentLength64 = body.Length;
                await call.Response.OutputStream.WriteAsync(body).ConfigureAwait(false);
                call.Response.Close();
            }
        }

        private static string Error(string code) => "{\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"}}";

        private static int FreePort()
        {
            using TcpListener probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
