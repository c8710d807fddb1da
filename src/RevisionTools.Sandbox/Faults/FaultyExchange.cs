namespace RevisionTools.Sandbox;

/// <summary>One request that meets a fault.</summary>
internal sealed class FaultyExchange(
    SandboxEngine engine, ContainerAppsSandbox sandbox, SandboxFault fault, Task released, ArmRequest request, RequestLog.Entry entry)
{
    internal async Task<SandboxReply> RunAsync(CancellationToken cancellationToken)
    {
        fault.Before?.Invoke(sandbox);
        if (fault.Intervention is { } intervention)
        {
            engine.Intervene(intervention, request.Origin);
        }

        switch (fault.Kind)
        {
            case SandboxFaultKind.ClockSkew:
                engine.ClockSkew = fault.Duration ?? TimeSpan.Zero;
                break;
            case SandboxFaultKind.ConnectionReset:
                return SandboxReply.Lost(ReplyEnding.ResetBeforeHeaders);
            case SandboxFaultKind.Timeout:
                return SandboxReply.Lost(ReplyEnding.NeverComes);
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

        var answer = Answer();
        fault.After?.Invoke(sandbox);
        return Spoil(answer);
    }

    private ArmAnswer Answer()
    {
        switch (fault.Kind)
        {
            case SandboxFaultKind.Status when fault.Status != 0:
            case SandboxFaultKind.ExpiredToken:
                // The fault answers in the service's place; the request did reach it.
                engine.Log.Reached(entry);
                return FaultAnswers.Of(fault, request, engine.Tenant, engine.Now);
            default:
                return engine.Serve(request, entry, fault);
        }
    }

    private SandboxReply Spoil(ArmAnswer answer) => fault.Kind switch
    {
        SandboxFaultKind.ConnectionResetAfterWrite => SandboxReply.Lost(ReplyEnding.ResetBeforeHeaders),
        SandboxFaultKind.TimeoutAfterWrite => SandboxReply.Lost(ReplyEnding.NeverComes),
        SandboxFaultKind.TruncatedBody when answer.Body.Length > 0 => engine.Send(answer, request, entry, ReplyEnding.CutBody),
        SandboxFaultKind.MalformedJson => engine.Send(answer.WithBody(answer.Body[..(answer.Body.Length / 2)]), request, entry, ReplyEnding.Whole),
        SandboxFaultKind.ForeignNextLink => engine.Send(FaultAnswers.WithForeignNextLink(answer), request, entry, ReplyEnding.Whole),
        _ => engine.Send(answer, request, entry, ReplyEnding.Whole),
    };
}
