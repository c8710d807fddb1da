namespace RevisionTools.FaultRuns.Time;

/// <summary>Something that is to happen.</summary>
internal sealed class Happening(Action action, Cause? cause)
{
    public Action Action => action;

    public Cause? Cause => cause;

    public bool IsCalledOff { get; set; }
}
