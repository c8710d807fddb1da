namespace RevisionTools.Tests.PowerShell;

/// <summary>A fact that needs PowerShell; it is skipped, with the reason, where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute() => Skip = PowerShellProcess.WhyItCannotRun;
}
