namespace RevisionTools.Sandbox;

/// <summary>What goes back to the caller: all headers, the body, and how the exchange ends.</summary>
internal sealed class SandboxReply(int status, List<KeyValuePair<string, string>> headers, byte[] body, ReplyEnding ending)
{
    /// <summary>Nothing of an answer arrives.</summary>
    internal static SandboxReply Lost(ReplyEnding ending) => new(0, [], [], ending);

    internal int Status => status;

    /// <summary>Every header in order, those of the content among them; Content-Length is the body's.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    internal byte[] Body => body;

    internal ReplyEnding Ending => ending;

    /// <summary>How much of the body arrives when it is cut.</summary>
    internal int CutAfter => body.Length / 2;
}
