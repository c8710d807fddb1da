namespace RevisionTools.Tests.PowerShell;

/// <summary>A theory that needs PowerShell with Pester 5; it is skipped, with the reason, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PesterTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> s_reason = new(PowerShellProcess.WhyPesterCannotRun);

    public PesterTheoryAttribute()
    {
        Skip = s_reason.Value;
    }
}
