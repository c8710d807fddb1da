namespace RevisionTools.Tests.Server;

/// <summary>A test that sends a signal to a process; skipped where that cannot be.</summary>
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute(string signal)
    {
        Skip = OperatingSystem.IsWindows()
            ? "Windows has no signals to send to another process."
            : signal == "INT" && IsInterruptIgnored()
                ? "This process ignores SIGINT, and so will those that it starts."
                : null;
    }

    /// <summary>A shell starts what it sends to the background with SIGINT ignored, and so do all processes below it.</summary>
    private static bool IsInterruptIgnored()
    {
        const string Field = "SigIgn:";
        const string Status = "/proc/self/status";
        var mask = File.Exists(Status)
            ? Array.Find(File.ReadAllLines(Status), line => line.StartsWith(Field, StringComparison.Ordinal))
            : null;

        // The bit with the value 2 stands for signal 2, which is SIGINT.
        return mask is not null && (Convert.ToUInt64(mask[Field.Length..].Trim(), 16) & 2) != 0;
    }
}
