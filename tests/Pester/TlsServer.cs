using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace RevisionTools.Testing
{
    /// <summary>Stands in for Microsoft Entra, which is asked over TLS only, on this machine and with a fixed answer for each path.</summary>
    public sealed class TlsServer : IDisposable
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly ConcurrentDictionary<string, LoopbackAnswer> _answers = new ConcurrentDictionary<string, LoopbackAnswer>();
        private readonly X509Certificate2 _certificate;

        public TlsServer(X509Certificate2 certificate)
        {
            _certificate = certificate;
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Address => new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        /// <summary>The bodies of the requests so far.</summary>
        public ConcurrentQueue<string> Bodies { get; } = new ConcurrentQueue<string>();

        /// <summary>From now on a path is answered with this. In the body <c>{form}</c> stands for that of the request.</summary>
        public void Answer(string path, string body, int status, string type) => _answers[path] = new LoopbackAnswer(status, body, type, "");

        public void Dispose() => _listener.Stop();

        private async Task ServeAsync()
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }

                _ = ReplyAsync(client);
            }
        }

        private async Task ReplyAsync(TcpClient client)
        {
            using (client)
            using (SslStream stream = new SslStream(client.GetStream()))
            {
                await stream.AuthenticateAsServerAsync(_certificate).ConfigureAwait(false);
                StreamReader reader = new StreamReader(stream, Encoding.Latin1);
                string path = (await reader.ReadLineAsync().ConfigureAwait(false)).Split(' ')[1];
                int length = 0;
                for (string line = " "; line.Length > 0;)
                {
                    line = await reader.ReadLineAsync().ConfigureAwait(false);
                    if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    {
                        length = int.Parse(line.Substring(15));
                    }
                }

                char[] form = new char[length];
                await reader.ReadBlockAsync(form, 0, length).ConfigureAwait(false);
                Bodies.Enqueue(new string(form));
                LoopbackAnswer answer = _answers.TryGetValue(path, out LoopbackAnswer given) ? given : new LoopbackAnswer(404, "{}", "application/json", "");
                string body = answer.Body.Replace("{form}", new string(form));
                string head = $"HTTP/1.1 {answer.Status} x\r\nContent-Type: {answer.Type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.Latin1.GetBytes(head + body)).ConfigureAwait(false);
            }
        }
    }
}
