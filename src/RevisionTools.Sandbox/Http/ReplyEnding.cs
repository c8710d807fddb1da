namespace RevisionTools.Sandbox;

/// <summary>How an exchange ends on the wire.</summary>
internal enum ReplyEnding
{
    /// <summary>Headers and body arrive as they should.</summary>
    Whole,

    /// <summary>The connection dies before the first header.</summary>
    ResetBeforeHeaders,

    /// <summary>The headers promise the whole body, the connection dies in the middle of it.</summary>
    CutBody,

    /// <summary>Nothing ever arrives; the caller has to give up.</summary>
    NeverComes,
}
