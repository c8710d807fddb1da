using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Adds the token on plain HTTP, which Azure.Core's own policy refuses; used for an endpoint on this machine only.</summary>
internal sealed class LoopbackTokenPolicy(TokenCredential credential, IEnumerable<string> scopes) : HttpPipelinePolicy
{
    private readonly TokenRequestContext _context = new([.. scopes]);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var token = await credential.GetTokenAsync(_context, message.CancellationToken).ConfigureAwait(false);
        message.Request.Headers.SetValue("Authorization", $"Bearer {token.Token}");
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var token = credential.GetToken(_context, message.CancellationToken);
        message.Request.Headers.SetValue("Authorization", $"Bearer {token.Token}");
        ProcessNext(message, pipeline);
    }
}
