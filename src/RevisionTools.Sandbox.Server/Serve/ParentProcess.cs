using System.Diagnostics;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The process that a server is meant to outlive by nothing.</summary>
internal static class ParentProcess
{
    /// <exception cref="BadArgumentsException">There is no such process.</exception>
    internal static Process Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            throw new BadArgumentsException($"There is no process {id} for --parent-pid.");
        }
    }
}
