using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>The gates of a client: Azure counts reads and writes apart (ARM-FACTS 7).</summary>
internal sealed class ThrottleGates(TimeProvider time, Jitter jitter)
{
    private readonly ThrottleGate _reads = new(time, jitter);
    private readonly ThrottleGate _writes = new(time, jitter);

    public ThrottleGate For(RequestMethod method) => method == RequestMethod.Get || method == RequestMethod.Head ? _reads : _writes;
}
