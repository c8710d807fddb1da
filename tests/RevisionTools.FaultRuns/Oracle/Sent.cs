using RevisionTools.FaultRuns.Time;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>A request that a process under test has sent.</summary>
/// <param name="number">Its place in the run.</param>
/// <param name="life">The process.</param>
/// <param name="message">The request.</param>
/// <param name="cause">What it follows from.</param>
internal sealed class Sent(int number, ProcessLife life, ArmRequest message, Cause? cause)
{
    public int Number => number;

    public ProcessLife Life => life;

    public ArmRequest Message => message;

    public Cause? Cause => cause;

    public AppPath? Path { get; } = AppPath.Of(message.Path);

    /// <summary>Whether it never left the machine.</summary>
    public bool IsLost { get; set; }
}
