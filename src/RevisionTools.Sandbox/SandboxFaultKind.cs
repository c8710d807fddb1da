namespace RevisionTools.Sandbox;

/// <summary>How an answer of the sandbox goes wrong.</summary>
public enum SandboxFaultKind
{
    /// <summary>Answers with <see cref="SandboxFault.Status"/> and an error body instead of doing anything.</summary>
    Status,

    /// <summary>The connection dies before the service did anything.</summary>
    ConnectionReset,

    /// <summary>The service does what was asked, then the connection dies before the answer.</summary>
    ConnectionResetAfterWrite,

    /// <summary>The headers promise the whole body; the connection ends in the middle of it.</summary>
    TruncatedBody,

    /// <summary>The body is cut off in the middle of its JSON, but ends as HTTP should.</summary>
    MalformedJson,

    /// <summary>The request waits until <see cref="ContainerAppsSandbox.ReleaseHeld"/>, or until its caller cancels it.</summary>
    Hold,

    /// <summary>The request waits until <see cref="ContainerAppsSandbox.ReleaseHeld"/>, whatever its caller does.</summary>
    HoldIgnoringCancellation,

    /// <summary>A list comes with a <c>nextLink</c> to a host that is not Azure's.</summary>
    ForeignNextLink,

    /// <summary>A list comes in pages of <see cref="SandboxFault.PageSize"/> items.</summary>
    Page,
}
