using System.Management.Automation;

namespace RevisionTools.Cmdlets.Account;

/// <summary>Runs commands of other modules in the session of the user. On the pipeline thread only.</summary>
internal static class CallerSession
{
    /// <summary>Runs a command. What it says besides its results stays unsaid.</summary>
    /// <exception cref="CommandNotFoundException">There is no such command, nor a module that would bring it.</exception>
    /// <exception cref="RuntimeException">The command has failed.</exception>
    /// <exception cref="PipelineStoppedException">It was stopped.</exception>
    public static IReadOnlyList<PSObject> Run(string command, params IEnumerable<(string Name, object Value)> parameters)
    {
        // As a command and not as a script, so that no value can become code; also where the language is restricted.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command, useLocalScope: true);
        foreach (var (name, value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        shell.AddParameter("ErrorAction", ActionPreference.Stop).AddParameter("WarningAction", ActionPreference.Ignore);
        var results = shell.Invoke();
        if (shell.InvocationStateInfo.State == PSInvocationState.Stopped)
        {
            // PowerShell only gives no results then; and it stops what runs inside of our command before it tells that.
            throw new PipelineStoppedException();
        }

        return [.. results.Where(result => result is not null)];
    }
}
