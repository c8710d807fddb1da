namespace RevisionTools.Tests.PowerShell;

/// <summary>A fact that needs PowerShell; it is skipped, with the reason, where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PowerShellFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_reason = new(PowerShellProcess.WhyItCannotRun);

    public PowerShellFactAttribute()
    {
        Skip = s_reason.Value;
    }
}
