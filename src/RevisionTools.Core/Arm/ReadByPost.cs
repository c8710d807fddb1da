using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>The mark of a POST that changes nothing, such as a query: it may be tried again, and leaves no doubt when it fails.</summary>
internal static class ReadByPost
{
    public static void Mark(HttpMessage message) => message.SetProperty(typeof(ReadByPost), true);

    public static bool IsMarked(HttpMessage message) => message.TryGetProperty(typeof(ReadByPost), out _);
}
