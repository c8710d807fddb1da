namespace RevisionTools.ModulePacker;

/// <summary>The package or what it must hold cannot be made; the message names what is wrong and where.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class PackingException(string message) : Exception(message);
