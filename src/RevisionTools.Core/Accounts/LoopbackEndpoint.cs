using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Accounts;

/// <summary>A sandbox that another process serves on this machine: which addresses may get a token, and the way there.</summary>
internal static class LoopbackEndpoint
{
    /// <summary>Refuses every address that is not a plain origin of this machine.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    public static Uri Require(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw Invalid($"'{endpoint.OriginalString}' is no HTTP or HTTPS address.");
        }

        if (!endpoint.IsLoopback)
        {
            throw Invalid(
                $"'{endpoint.Host}' is not this machine. A token goes to an endpoint of your choice only at 127.0.0.1, [::1] or localhost.");
        }

        return endpoint.UserInfo.Length == 0 && endpoint.PathAndQuery == "/" && endpoint.Fragment.Length == 0
            ? endpoint
            : throw Invalid("Give the endpoint as scheme, host and port only, for example http://127.0.0.1:5080.");
    }

    /// <summary>Reads the certificate of a server from a PEM file.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    public static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Invalid($"There is no certificate to be read from '{path}': {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Goes to the endpoint itself: no proxy gets to see the token, and no redirect is followed. A certificate that is given is
    /// the only one trusted, instead of the machine's own store.
    /// </summary>
    public static SocketsHttpHandler CreateTransport(X509Certificate2? certificate)
    {
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        if (certificate is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { certificate },
                },
            };
        }

        return handler;
    }

    private static RevisionToolsException Invalid(string message, Exception? cause = null) => new(FailureKind.InvalidEndpoint, message, cause);
}
