using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RevisionTools.Accounts;
using RevisionTools.Tests.Accounts.StandIns;

namespace RevisionTools.Tests.Accounts;

public sealed class SignInCertificateTests : IDisposable
{
    private const string Password = "p4ssw0rd-of-the-key";

    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private static readonly X509Certificate2 s_certificate = TestCertificate.Create(TimeSpan.FromDays(1));
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData("pfx", null)]
    [InlineData("pfx", Password)]
    [InlineData("pem", null)]
    [InlineData("pem", Password)]
    public void A_file_with_the_certificate_and_its_key_is_read(string kind, string? password)
    {
        Write(kind, password);

        using var read = SignInCertificate.FromFile(_file, password, TimeProvider.System);

        Assert.Equal((s_certificate.Thumbprint, true), (read.Thumbprint, read.HasPrivateKey));
        using var key = read.GetRSAPrivateKey()!;
        Assert.NotEmpty(key.SignData([1, 2, 3], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Theory]
    [InlineData("pfx", Password, null, "cannot be opened: it needs a password, or the file is neither PFX nor PEM.")]
    [InlineData("pfx", Password, "wrong", "cannot be opened: the password is wrong, or the file is neither PFX nor PEM.")]
    [InlineData("pem", Password, null, "has an encrypted key, and no password was given.")]
    [InlineData("pem", Password, "wrong", "cannot be used: the password is wrong, or the file damaged")]
    [InlineData("certificate only", null, null, "has no private key in the same file: a PEM file to sign in with holds both.")]
    [InlineData("der", null, null, "has no private key, and nobody can sign in without.")]
    [InlineData("ecdsa", null, null, "has a private key of another kind than RSA")]
    [InlineData("rubbish", null, null, "cannot be opened: it needs a password, or the file is neither PFX nor PEM.")]
    [InlineData("nothing", null, null, "cannot be read: Could not find file")]
    public void What_is_wrong_with_a_file_is_said_exactly(string kind, string? password, string? given, string words)
    {
        Write(kind, password);

        var failure = Assert.Throws<RevisionToolsException>(() => SignInCertificate.FromFile(_file, given, TimeProvider.System));

        Assert.Equal(FailureKind.InvalidCredential, failure.Kind);
        Assert.StartsWith($"The certificate in '{_file}' {words}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public void A_certificate_that_is_over_is_told_with_its_dates()
    {
        using var over = TestCertificate.Create(TimeSpan.FromDays(-1));
        File.WriteAllBytes(_file, over.Export(X509ContentType.Pfx));

        var failure = Assert.Throws<RevisionToolsException>(() => SignInCertificate.FromFile(_file, null, TimeProvider.System));

        Assert.Contains($"to {over.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, and now it is ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Add a new one to the app registration.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "'abc' is no thumbprint of a certificate: that has 40 hexadecimal digits.")]
    [InlineData("zz00000000000000000000000000000000000000zz", "is no thumbprint")]
    [InlineData("00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33", "No certificate with the thumbprint 00112233445566778899AABBCCDDEEFF00112233 is in the stores CurrentUser\\My and LocalMachine\\My.")]
    [InlineData("\u200e00112233445566778899aabbccddeeff00112233", "No certificate with the thumbprint 00112233445566778899AABBCCDDEEFF00112233 ")]
    public void What_is_wrong_with_a_thumbprint_is_said(string thumbprint, string words)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => SignInCertificate.FromStore(thumbprint, TimeProvider.System));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_in_the_store_of_the_user_is_found_by_its_thumbprint()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        using var kept = X509CertificateLoader.LoadPkcs12(s_certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet);
        store.Open(OpenFlags.ReadWrite);
        store.Add(kept);
        try
        {
            using var found = SignInCertificate.FromStore(string.Join(':', s_certificate.Thumbprint.Chunk(2).Select(pair => new string(pair))), TimeProvider.System);

            Assert.Equal((s_certificate.Thumbprint, true), (found.Thumbprint, found.HasPrivateKey));
        }
        finally
        {
            store.Remove(kept);
        }
    }

    public void Dispose() => File.Delete(_file);

    private void Write(string kind, string? password)
    {
        using var key = s_certificate.GetRSAPrivateKey()!;
        switch (kind)
        {
            case "pfx":
                File.WriteAllBytes(_file, s_certificate.Export(X509ContentType.Pfx, password));
                break;
            case "pem":
                File.WriteAllText(
                    _file, $"{s_certificate.ExportCertificatePem()}\n{(password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, s_encryption))}\n");
                break;
            case "certificate only":
                File.WriteAllText(_file, s_certificate.ExportCertificatePem());
                break;
            case "der":
                File.WriteAllBytes(_file, s_certificate.Export(X509ContentType.Cert));
                break;
            case "ecdsa":
                using (var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    var now = TimeProvider.System.GetUtcNow();
                    using var other = new CertificateRequest("CN=test", curve, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
                    File.WriteAllBytes(_file, other.Export(X509ContentType.Pfx));
                }

                break;
            case "rubbish":
                File.WriteAllText(_file, "rubbish");
                break;
        }
    }
}
