using System.Management.Automation.Host;

namespace RevisionTools.Cmdlets.Hosting;

/// <summary>What can be expected of the host that a cmdlet runs in.</summary>
/// <param name="IsInteractive">
/// Whether somebody may be there to answer, to sign in for example. A question of ShouldProcess does not go by this: it is put, and fails where the
/// host cannot.
/// </param>
/// <param name="ShowsProgress">Whether progress goes to somebody's screen, and not into a log or nowhere.</param>
internal sealed record HostProfile(bool IsInteractive, bool ShowsProgress)
{
    /// <summary>The profile of a host. It costs an exception, so ask only where something hangs on it.</summary>
    public static HostProfile Of(PSHost host) => Of(HostFacts.Of(host));

    public static HostProfile Of(HostFacts facts)
    {
        var isAlone = facts.RefusesPrompts || !facts.IsUserInteractive || facts.IsRunbook;
        var isConsole = facts.Name == HostFacts.ConsoleName;
        return new HostProfile(!isAlone && !(isConsole && facts.IsInputRedirected), !isAlone && !(isConsole && facts.IsOutputRedirected));
    }
}
