namespace RevisionTools.Tests.Support;

/// <summary>A request that reached the transport.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string? Body, string? Authorization, string? UserAgent, string? ContentType)
{
    public override string ToString() => $"{Method} {Uri.PathAndQuery}";
}
