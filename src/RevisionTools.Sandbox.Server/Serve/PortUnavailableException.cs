namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The port cannot be had, mostly because somebody else listens there.</summary>
internal sealed class PortUnavailableException(string message, Exception cause) : Exception(message, cause);
