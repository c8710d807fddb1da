namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>A control call that is refused.</summary>
internal sealed class ControlException(int status, string message) : Exception(message)
{
    internal int Status => status;
}
