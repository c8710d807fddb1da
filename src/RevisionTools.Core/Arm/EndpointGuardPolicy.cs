using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>
/// Lets requests go to the endpoint of the connection only, over HTTPS unless that is this machine. It stands before the
/// token policy, so that an answer that points elsewhere cannot draw a token there.
/// </summary>
internal sealed class EndpointGuardPolicy : HttpPipelineSynchronousPolicy
{
    private readonly Uri _endpoint;

    public EndpointGuardPolicy(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && !IsPlainLoopback(endpoint)))
        {
            throw new ArgumentException("The endpoint must be an HTTPS address, or an HTTP address of this machine.", nameof(endpoint));
        }

        _endpoint = endpoint;
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        var target = message.Request.Uri.ToUri();
        if (target.Scheme == _endpoint.Scheme && target.Port == _endpoint.Port && target.UserInfo.Length == 0
            && string.Equals(target.IdnHost, _endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        throw new ServiceRequestException(
            FailureKind.ServiceResponseInvalid,
            $"An answer of {_endpoint.Host} points to {target.Scheme}://{target.IdnHost}:{target.Port}. Nothing was sent there.");
    }

    private static bool IsPlainLoopback(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback;
}
