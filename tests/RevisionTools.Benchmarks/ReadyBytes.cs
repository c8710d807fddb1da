namespace RevisionTools.Benchmarks;

/// <summary>Answers every request with the same bytes.</summary>
internal sealed class ReadyBytes(byte[] body) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Like the sandbox, and like a real connection, not on the caller's own stack.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return new HttpResponseMessage { Content = new ByteArrayContent(body), RequestMessage = request };
    }
}
