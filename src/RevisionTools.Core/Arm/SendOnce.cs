using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>
/// The mark of a request that goes out at once and at most once. Whoever asks for it has looked at what the request changes
/// right before, and wants to look again before a second try.
/// </summary>
internal static class SendOnce
{
    public static void Demand(HttpMessage message) => message.SetProperty(typeof(SendOnce), true);

    public static bool IsDemanded(HttpMessage message) => message.TryGetProperty(typeof(SendOnce), out _);
}
