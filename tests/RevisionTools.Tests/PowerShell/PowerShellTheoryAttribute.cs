namespace RevisionTools.Tests.PowerShell;

/// <summary>A theory that needs PowerShell; it is skipped, with the reason, where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PowerShellTheoryAttribute : TheoryAttribute
{
    public PowerShellTheoryAttribute() => Skip = PowerShellProcess.WhyItCannotRun;
}
