namespace RevisionTools.HelpBuilder;

/// <summary>Help cannot be made; each message names what is missing and where.</summary>
internal sealed class HelpException : Exception
{
    /// <summary>Collects what is wrong.</summary>
    /// <param name="messages">One message a fault.</param>
    public HelpException(IReadOnlyList<string> messages)
        : base(string.Join(Environment.NewLine, messages))
    {
        Messages = messages;
    }

    /// <summary>One message a fault.</summary>
    public IReadOnlyList<string> Messages { get; }
}
