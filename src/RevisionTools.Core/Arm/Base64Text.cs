using System.Buffers.Text;

namespace RevisionTools.Arm;

/// <summary>Bytes in Base64, in the usual alphabet or the one for addresses, padded or not.</summary>
internal static class Base64Text
{
    /// <summary>The bytes; null where the text is no Base64.</summary>
    public static byte[]? Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=').PadRight((text.TrimEnd('=').Length + 3) / 4 * 4, '=');
        return Base64.IsValid(padded) ? Convert.FromBase64String(padded) : null;
    }
}
