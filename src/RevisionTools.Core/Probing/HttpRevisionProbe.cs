using RevisionTools.Arm;
using RevisionTools.Lifecycle;

namespace RevisionTools.Probing;

/// <summary>
/// Asks a revision over HTTPS. The client is apart from the one that talks to Azure: no token, no header of Azure's, no cookie, no
/// redirect to somewhere else, and a short time-out.
/// </summary>
/// <param name="transport">Where requests go instead of the network; the owner disposes of it.</param>
/// <param name="standIn">A sandbox on this machine that stands in for all hosts: it is told by the Host header which is meant, so that a
/// rehearsal never asks the real one.</param>
/// <param name="time">Says when the time-out is over; the system's clock when left out.</param>
/// <param name="version">Version of the module for the user agent; this one when left out.</param>
/// <param name="log">Told of every request, as <see cref="ArmOptions.Log"/> is of others.</param>
internal sealed class HttpRevisionProbe(
    HttpMessageHandler? transport, Uri? standIn = null, TimeProvider? time = null, string? version = null, Func<ArmRequestRecord, ValueTask>? log = null)
    : IRevisionProbe
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private static readonly HttpMessageHandler s_network = new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = s_timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<ProbeAnswer> AskAsync(string host, string path, CancellationToken cancellationToken)
    {
        if (Address(host, path) is not { } address)
        {
            return new ProbeAnswer(null, $"'{SafeText.Clean(host + path)}' is no address");
        }

        using var limit = new CancellationTokenSource(s_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var told = new ToldTransport(transport ?? s_network, version ?? UserAgentPolicy.OwnVersion, _time, log);
            using var client = new HttpClient(told, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
            using var request = new HttpRequestMessage(HttpMethod.Get, standIn is null ? address : new Uri(standIn, address.PathAndQuery));
            request.Headers.Host = standIn is null ? null : host;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return new ProbeAnswer((int)answer.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            return new ProbeAnswer(null, ConnectionFailures.Describe(exception));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeAnswer(null, $"none within {s_timeout.TotalSeconds:0} seconds");
        }
    }

    /// <summary>The address, made sure to lead to that host and no other.</summary>
    private static Uri? Address(string host, string path) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns && path.StartsWith('/')
        && Uri.TryCreate($"https://{host}{path}", UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0 && string.Equals(address.IdnHost, host, StringComparison.OrdinalIgnoreCase)
            ? address
            : null;
}
