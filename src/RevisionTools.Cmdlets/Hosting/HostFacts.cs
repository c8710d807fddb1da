using System.Management.Automation;
using System.Management.Automation.Host;

namespace RevisionTools.Cmdlets.Hosting;

/// <summary>What a host tells about itself without anything being shown or read.</summary>
/// <param name="Name">The host's name for itself.</param>
/// <param name="RefusesPrompts">Whether it says that it cannot ask: it has no user interface, or was started with <c>-NonInteractive</c>.</param>
/// <param name="IsUserInteractive">Whether the process has a desktop or a terminal at all; false for a Windows service.</param>
/// <param name="IsInputRedirected">Whether the process reads from something else than a terminal.</param>
/// <param name="IsOutputRedirected">Whether the process writes to something else than a terminal.</param>
/// <param name="IsRunbook">Whether Azure Automation says that it runs this process.</param>
internal sealed record HostFacts(
    string Name, bool RefusesPrompts, bool IsUserInteractive, bool IsInputRedirected, bool IsOutputRedirected, bool IsRunbook)
{
    /// <summary>PowerShell's own console, whose user interface is the input and output of the process. Editors bring their own.</summary>
    public const string ConsoleName = "ConsoleHost";

    // The far end of a remote session or of a background job. A question would travel to the other side, and there stop a job that nobody looks at.
    private const string RemoteName = "ServerRemoteHost";

    public static HostFacts Of(PSHost host) => new(
        host.Name,
        host.Name != RemoteName && Refuses(host),
        Environment.UserInteractive,
        Console.IsInputRedirected,
        Console.IsOutputRedirected,
        IsRunbookBy(Environment.GetEnvironmentVariable));

    /// <summary>
    /// Whether the variables are those of a runbook. <c>AZUREPS_HOST_ENVIRONMENT</c> is set by others too, by Cloud Shell for one, where somebody
    /// sits at the prompt.
    /// </summary>
    public static bool IsRunbookBy(Func<string, string?> variable) =>
        !string.IsNullOrEmpty(variable("AUTOMATION_ASSET_ACCOUNTID"))
        || variable("AZUREPS_HOST_ENVIRONMENT")?.StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase) == true;

    // A question without a choice is wrong in any host, and nothing is shown of it; a host that cannot ask says so before it looks at it, with
    // whatever exception its authors liked.
    private static bool Refuses(PSHost host)
    {
        if (host.UI is not { } screen)
        {
            return true;
        }

        try
        {
            screen.PromptForChoice(null, null, null, 0);
            return false;
        }
        catch (Exception complaint) when (complaint is ArgumentException or NullReferenceException)
        {
            return false;
        }
        catch (Exception refusal) when (refusal is not PipelineStoppedException)
        {
            return true;
        }
    }
}
