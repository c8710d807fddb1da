using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>Makes certificates with their private keys.</summary>
internal static class TestCertificate
{
    /// <param name="end">When it ends, from now; it begins two days before that.</param>
    public static X509Certificate2 Create(TimeSpan end)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow() + end;
        return new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-2), now);
    }
}
