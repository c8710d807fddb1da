namespace RevisionTools.Sandbox.Server;

/// <summary>The command line asks for something that does not exist or makes no sense.</summary>
internal sealed class BadArgumentsException(string message) : Exception(message);
