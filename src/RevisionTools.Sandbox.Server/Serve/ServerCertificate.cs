using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>
/// A certificate for this machine, and the authority that issued it; both live in memory and are new with every start. They are two
/// because some TLS stacks refuse a server whose certificate is an authority, and others a trusted root that is none.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);

    private ServerCertificate(X509Certificate2 authority, X509Certificate2 server)
    {
        Server = server;
        AuthorityPem = authority.ExportCertificatePem() + "\n";
    }

    /// <summary>With its private key; for localhost and the loopback addresses.</summary>
    internal X509Certificate2 Server { get; }

    /// <summary>What a client has to trust: the authority without its key.</summary>
    internal string AuthorityPem { get; }

    internal static ServerCertificate Create()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CreateAuthority(authorityKey, now);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(authority, serverKey, now);
        using var withKey = issued.CopyWithPrivateKey(serverKey);

        // Windows can only serve with a key that has been through a key store.
        var server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
        return new ServerCertificate(authority, server);
    }

    public void Dispose() => Server.Dispose();

    private static X509Certificate2 CreateAuthority(ECDsa key, DateTimeOffset now)
    {
        CertificateRequest request = new("CN=RevisionTools sandbox authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now.AddDays(-1), now + s_lifetime);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, ECDsa key, DateTimeOffset now)
    {
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(authority, now.AddDays(-1), now + s_lifetime, RandomNumberGenerator.GetBytes(16));
    }
}
