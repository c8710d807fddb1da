using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Accounts;

/// <summary>Gets the certificate that an application signs in with, and says exactly what is wrong with it.</summary>
internal static class SignInCertificate
{
    private static readonly (StoreLocation Location, string Name)[] s_stores =
        [(StoreLocation.CurrentUser, "CurrentUser\\My"), (StoreLocation.LocalMachine, "LocalMachine\\My")];

    /// <summary>Reads a file: PFX, or PEM with the certificate and its private key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null where it has none.</param>
    /// <param name="time">Says whether the certificate is within its dates.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    public static X509Certificate2 FromFile(string path, string? password, TimeProvider time)
    {
        var origin = $"The certificate in '{SafeText.Clean(path)}'";
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unusable($"{origin} cannot be read: {SafeText.FirstLine(failure.Message)}");
        }

        return Checked(IsPem(content) ? FromPem(content, password, origin) : FromPfx(content, password, origin), origin, time);
    }

    /// <summary>Looks for a thumbprint in the store of the user, then in that of the machine.</summary>
    /// <param name="thumbprint">40 hexadecimal digits; blanks, colons and what else comes along when it is copied do not matter.</param>
    /// <param name="time">Says whether the certificate is within its dates.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    public static X509Certificate2 FromStore(string thumbprint, TimeProvider time)
    {
        var digits = string.Concat(thumbprint.Where(char.IsAsciiHexDigit)).ToUpperInvariant();
        if (digits.Length != 40 || thumbprint.Any(character => char.IsAsciiLetter(character) && !char.IsAsciiHexDigit(character)))
        {
            throw Unusable($"'{SafeText.Clean(thumbprint)}' is no thumbprint of a certificate: that has 40 hexadecimal digits.");
        }

        var found = s_stores.SelectMany(store => Find(digits, store.Location)).ToList();
        return found.Count == 0
            ? throw Unusable($"No certificate with the thumbprint {digits} is in the stores {string.Join(" and ", s_stores.Select(store => store.Name))}.")
            : Checked(found.Find(certificate => certificate.HasPrivateKey) ?? found[0], $"The certificate with the thumbprint {digits}", time);
    }

    private static X509Certificate2 Checked(X509Certificate2 certificate, string origin, TimeProvider time)
    {
        if (!certificate.HasPrivateKey)
        {
            throw Unusable($"{origin} has no private key, and nobody can sign in without. Give the file that holds both, or import it with its key.");
        }

        using (var key = certificate.GetRSAPrivateKey())
        {
            if (key is null)
            {
                throw Unusable($"{origin} has a private key of another kind than RSA, which Microsoft Entra does not take.");
            }
        }

        var now = time.GetUtcNow();
        if (now > certificate.NotAfter || now < certificate.NotBefore)
        {
            throw Unusable(string.Create(
                CultureInfo.InvariantCulture,
                $"{origin} is good from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, ")
                + string.Create(CultureInfo.InvariantCulture, $"and now it is {now:yyyy-MM-dd HH:mm}. Add a new one to the app registration."));
        }

        return certificate;
    }

    private static bool IsPem(byte[] content) => System.Text.Encoding.UTF8.GetString(content).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static X509Certificate2 FromPem(byte[] content, string? password, string origin)
    {
        var text = System.Text.Encoding.UTF8.GetString(content);
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw Unusable($"{origin} has no private key in the same file: a PEM file to sign in with holds both.");
        }

        var isEncrypted = text.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && password is null)
        {
            throw Unusable($"{origin} has an encrypted key, and no password was given.");
        }

        try
        {
            return isEncrypted ? X509Certificate2.CreateFromEncryptedPem(text, text, password) : X509Certificate2.CreateFromPem(text, text);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            var why = isEncrypted ? "the password is wrong, or the file damaged" : SafeText.FirstLine(failure.Message);
            throw Unusable($"{origin} cannot be used: {why}");
        }
    }

    private static X509Certificate2 FromPfx(byte[] content, string? password, string origin)
    {
        try
        {
            // A key that need not touch the disk does not.
            var flags = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
            return new X509Certificate2(content, password, flags);
        }
        catch (CryptographicException)
        {
            var why = password is null ? "it needs a password" : "the password is wrong";
            throw Unusable($"{origin} cannot be opened: {why}, or the file is neither PFX nor PEM.");
        }
    }

    private static X509Certificate2Collection Find(string thumbprint, StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        }
        catch (CryptographicException)
        {
            // The system has no such store, or nothing was ever put into it.
            return [];
        }
    }

    private static RevisionToolsException Unusable(string message) => new(FailureKind.InvalidCredential, message);
}
