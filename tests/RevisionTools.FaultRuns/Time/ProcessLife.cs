namespace RevisionTools.FaultRuns.Time;

/// <summary>The life of a process under test. One that was killed neither hears nor says anything more, wherever its code was.</summary>
internal sealed class ProcessLife(int number)
{
    private readonly TaskCompletionSource _death = new();

    public int Number => number;

    public bool IsDead { get; private set; }

    /// <summary>Done when the process has been killed.</summary>
    public Task Death => _death.Task;

    public void Kill()
    {
        IsDead = true;
        _death.TrySetResult();
    }

    /// <summary>Where the code of a dead process stays for ever.</summary>
    public static Task Grave() => new TaskCompletionSource().Task;
}
