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

    /// <summary>What the server answers.</summary>
    public sealed record LoopbackAnswer(int Status, string Body, string Type, string Location);

    /// <summary>Stands in for Azure Resource Manager, the endpoints of identities and a place with files, on this machine and with fixed answers.</summary>
    public sealed class LoopbackServer : IDisposable
    {
        private readonly HttpListener _listener;
        private readonly ConcurrentDictionary<string, LoopbackAnswer> _answers = new ConcurrentDictionary<string, LoopbackAnswer>();

        private readonly ConcurrentDictionary<string, byte[]> _files = new ConcurrentDictionary<string, byte[]>();

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

        /// <summary>
        /// From now on a path is answered with this; other paths with 404. In the body and the location <c>{token}</c> stands for the token that the
        /// request brought along, and <c>{header}</c> for that of a managed identity.
        /// </summary>
        public void Answer(string path, string body, int status = 200, string type = "application/json", string location = "") =>
            _answers[path] = new LoopbackAnswer(status, body, type, location);

        /// <summary>From now on a path is answered with a file of these bytes.</summary>
        public void AnswerFile(string path, byte[] content) => _files[path] = content;

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
                string header = request.Headers["X-IDENTITY-HEADER"] ?? "";
                Requests.Enqueue(new LoopbackRequest(
                    request.HttpMethod,
                    request.Url.AbsolutePath,
                    Uri.UnescapeDataString(request.Url.Query),
                    token,
                    header));
                LoopbackAnswer answer = _refused.ContainsKey(token) || _refused.ContainsKey(token + request.Url.AbsolutePath) ? Error(401, "ExpiredAuthenticationToken")
                    : _answers.TryGetValue(request.Url.AbsolutePath, out LoopbackAnswer given) ? given
                    : Error(404, "NotFound");
                string Fill(string text) => text.Replace("{token}", token).Replace("{header}", header);
                bool isFile = _files.TryGetValue(request.Url.AbsolutePath, out byte[] file);
                byte[] body = isFile ? file : Encoding.UTF8.GetBytes(Fill(answer.Body));
                call.Response.StatusCode = isFile ? 200 : answer.Status;
                call.Response.ContentType = isFile ? "application/octet-stream" : answer.Type;
                if (answer.Location.Length > 0)
                {
                    call.Response.RedirectLocation = Fill(answer.Location);
                }

                call.Response.ContentLength64 = body.Length;
                await call.Response.OutputStream.WriteAsync(body).ConfigureAwait(false);
                call.Response.Close();
            }
        }

        private static LoopbackAnswer Error(int status, string code) =>
            new LoopbackAnswer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"}}", "application/json", "");

        private static int FreePort()
        {
            using TcpListener probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
