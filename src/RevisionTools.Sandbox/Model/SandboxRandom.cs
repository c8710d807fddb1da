using System.Text;

namespace RevisionTools.Sandbox;

/// <summary>
/// Chance without state: each draw depends on the seed and on what it is for, not on the draws before. So the order in which
/// concurrent requests come changes nothing.
/// </summary>
internal sealed class SandboxRandom(int seed)
{
    private const string LowerAlphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";

    internal int Seed => seed;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    internal int Between(int least, int most, string purpose) =>
        least + (int)(Number(purpose) % (ulong)(most - least + 1));

    /// <summary>A span of time, to the millisecond.</summary>
    internal TimeSpan Seconds(int least, int most, string purpose) =>
        TimeSpan.FromMilliseconds(Between(least * 1000, most * 1000, purpose));

    internal Guid Guid(string purpose)
    {
        byte[] bytes = [.. BitConverter.GetBytes(Number(purpose)), .. BitConverter.GetBytes(Number(purpose + "#"))];
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    internal string Hex(int length, string purpose)
    {
        StringBuilder text = new(length + 16);
        for (var part = 0; text.Length < length; part++)
        {
            text.Append(Number($"{purpose}/{part}").ToString("x16", null));
        }

        return text.ToString(0, length);
    }

    internal string Alphanumeric(int length, string purpose) => string.Create(length, (this, purpose), static (text, from) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            var number = from.Item1.Number($"{from.purpose}/{index}");
            text[index] = LowerAlphanumerics[(int)(number % (ulong)LowerAlphanumerics.Length)];
        }
    });

    /// <summary>FNV-1a over the purpose, stirred with the seed by the finaliser of SplitMix64.</summary>
    private ulong Number(string purpose)
    {
        var hash = 14695981039346656037;
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        var mixed = hash + ((ulong)(uint)seed * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
