using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Cmdlets.Account;

/// <summary>Finds the certificate that an application signs in with.</summary>
internal static class CertificateSource
{
    /// <summary>Reads a PFX or PEM file with the certificate and its private key.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    public static X509Certificate2 OfFile(string path, SecureString? password)
    {
        try
        {
            return WithKey(Read(path, password is null ? null : new NetworkCredential("", password).Password), $"The certificate in '{path}'");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Invalid(
                $"No certificate with a private key can be read from '{path}': {SafeText.FirstLine(failure.Message)} It is a PFX or PEM file; -CertificatePassword opens a protected one.",
                failure);
        }
    }

    /// <summary>Finds it in the personal certificates of the user, else of the machine.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    public static X509Certificate2 OfThumbprint(string thumbprint)
    {
        // The certificate dialog of Windows copies an invisible character in front, and spaces.
        var plain = string.Concat(thumbprint.Where(char.IsAsciiHexDigit));
        var found = Find(plain, StoreLocation.CurrentUser) ?? Find(plain, StoreLocation.LocalMachine)
            ?? throw Invalid($"Neither the user nor the machine has a personal certificate with the thumbprint '{SafeText.Clean(thumbprint)}'.");
        return WithKey(found, $"The certificate '{plain}'");
    }

    private static X509Certificate2 Read(string path, string? password)
    {
        var content = File.ReadAllBytes(path);
        if (!PemEncoding.TryFind(System.Text.Encoding.Latin1.GetString(content), out _))
        {
            // A key that need not touch the disk does not.
            return new X509Certificate2(content, password, OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);
        }

        return password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);
    }

    private static X509Certificate2? Find(string thumbprint, StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).FirstOrDefault();
        }
        catch (CryptographicException)
        {
            // Not every system has both stores.
            return null;
        }
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string what) => certificate.HasPrivateKey
        ? certificate
        : throw Invalid($"{what} has no private key, and nobody can sign in with it.");

    private static RevisionToolsException Invalid(string message, Exception? cause = null) => new(FailureKind.InvalidCredential, message, cause);
}
