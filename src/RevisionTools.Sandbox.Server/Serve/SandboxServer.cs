using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>A sandbox over HTTP or HTTPS, for any client on this machine.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    /// <summary>Held requests end with the server; until then they may end by themselves.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly SandboxServerOptions _options;
    private readonly ServerCertificate? _certificate;
    private readonly ArmEndpoint _arm;
    private readonly ControlEndpoint _control;
    private readonly WebApplication _app;

    internal SandboxServer(ContainerAppsSandbox sandbox, SandboxServerOptions options)
    {
        _options = options;
        _certificate = options.UseHttps ? ServerCertificate.Create() : null;
        Token = options.Token ?? RandomNumberGenerator.GetHexString(40, lowercase: true);
        sandbox.Engine.RequiredToken = Token;
        _arm = new ArmEndpoint(sandbox.Engine);
        _control = new ControlEndpoint(sandbox);
        _app = Build();
    }

    /// <summary>The bearer token that is let in.</summary>
    internal string Token { get; }

    /// <summary>What a client has to trust over HTTPS; null over HTTP.</summary>
    internal string? AuthorityPem => _certificate?.AuthorityPem;

    /// <summary>Scheme, address and port, once it has started.</summary>
    internal Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <exception cref="PortUnavailableException">The port cannot be had.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new PortUnavailableException($"Port {_options.Port} on 127.0.0.1 is in use.", failure);
        }
        catch (SocketException failure)
        {
            throw new PortUnavailableException($"Port {_options.Port} on 127.0.0.1 cannot be used: {failure.Message}", failure);
        }
    }

    internal Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _certificate?.Dispose();
    }

    /// <summary>Kestrel and nothing else: no configuration files, no environment, no logging.</summary>
    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, UnboundLifetime>();
        builder.WebHost.UseKestrelCore().UseShutdownTimeout(s_patience).ConfigureKestrel(Configure);
        var app = builder.Build();
        app.Run(HandleAsync);
        return app;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // The endpoints bound bodies themselves, and say so in their own words.
        kestrel.Limits.MaxRequestBodySize = null;

        // What a caller sends to be echoed (a correlation id) may be any text.
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.Listen(IPAddress.Loopback, _options.Port, listen =>
        {
            if (_certificate is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificate.Server });
            }
        });
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await (context.Request.Path.StartsWithSegments("/_sandbox", out var rest)
                ? _control.AnswerAsync(context, rest.Value ?? "")
                : _arm.AnswerAsync(context)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller is gone.
            context.Abort();
        }
        catch (Exception failure) when (failure is not IOException)
        {
            await _options.Errors.WriteLineAsync(failure.ToString()).ConfigureAwait(false);
            throw;
        }
    }
}
