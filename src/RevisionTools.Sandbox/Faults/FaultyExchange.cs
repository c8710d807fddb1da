using System.Net.Sockets;

namespace RevisionTools.Sandbox;

/// <summary>One request and its answer, with the fault that it meets, if any.</summary>
internal sealed class FaultyExchange(
    ContainerAppsSandbox sandbox,
    SandboxFault? fault,
    Task released,
    HttpRequestMessage request,
    RequestLog.Entry entry,
    string method,
    byte[] body)
{
    internal async Task<HttpResponseMessage> RunAsync(CancellationToken cancellationToken)
    {
        if (fault is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Send(Serve());
        }

        fault.Before?.Invoke(sandbox);
        switch (fault.Kind)
        {
            case SandboxFaultKind.ConnectionReset:
                throw Reset();
            case SandboxFaultKind.HoldIgnoringCancellation:
                await released.ConfigureAwait(false);
                break;
            case SandboxFaultKind.Hold:
                await released.WaitAsync(cancellationToken).ConfigureAwait(false);
                break;
            default:
                cancellationToken.ThrowIfCancellationRequested();
                break;
        }

        var answer = fault is { Kind: SandboxFaultKind.Status, Status: not 0 } ? Refuse(fault) : Serve();
        fault.After?.Invoke(sandbox);
        return Spoil(fault, answer);
    }

    private ArmAnswer Serve() => sandbox.AnswerNow(
        request, entry, method, body, fault is { Kind: SandboxFaultKind.Page } ? Math.Max(1, fault.PageSize) : null);

    private ArmAnswer Refuse(SandboxFault refusal)
    {
        sandbox.NoteRefused(entry);
        return FaultAnswers.Of(refusal, sandbox.Describe(request, method, body), sandbox.Tenant);
    }

    private HttpResponseMessage Spoil(SandboxFault spoiler, ArmAnswer answer)
    {
        switch (spoiler.Kind)
        {
            case SandboxFaultKind.ConnectionResetAfterWrite:
                throw Reset();
            case SandboxFaultKind.TruncatedBody when answer.Body.Length > 0:
                var message = Send(answer);
                message.Content = new StreamContent(new TruncatedStream(answer.Body, answer.Body.Length / 2));
                ArmMessage.SetContentHeaders(message.Content.Headers, answer.Body.Length);
                return message;
            case SandboxFaultKind.MalformedJson:
                return Send(answer.WithBody(answer.Body[..(answer.Body.Length / 2)]));
            case SandboxFaultKind.ForeignNextLink:
                return Send(FaultAnswers.WithForeignNextLink(answer));
            default:
                return Send(answer);
        }
    }

    private HttpResponseMessage Send(ArmAnswer answer) => sandbox.ToMessage(answer, request, entry);

    /// <summary>What HttpClient throws when the peer closes the connection before the answer.</summary>
    private static HttpRequestException Reset()
    {
        SocketException reset = new((int)SocketError.ConnectionReset);
        return new HttpRequestException(
            HttpRequestError.Unknown,
            "An error occurred while sending the request.",
            new IOException($"Unable to read data from the transport connection: {reset.Message}.", reset));
    }
}
