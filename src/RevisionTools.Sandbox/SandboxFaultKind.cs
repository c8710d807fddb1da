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

    /// <summary>No answer comes, and the service did nothing.</summary>
    Timeout,

    /// <summary>The service does what was asked, and no answer comes.</summary>
    TimeoutAfterWrite,

    /// <summary>401: the token is no longer good. The header WWW-Authenticate has the claims that a new one must meet.</summary>
    ExpiredToken,

    /// <summary>Reads of the app go on showing what was before this write, for <see cref="SandboxFault.Duration"/>.</summary>
    StaleReads,

    /// <summary>Nothing but the <see cref="SandboxFault.Intervention"/> of a second operator; the request itself is served.</summary>
    SecondOperator,

    /// <summary>The long-running operation that this write starts stays InProgress for <see cref="SandboxFault.Duration"/>.</summary>
    OperationStuck,

    /// <summary>The long-running operation that this write starts ends Failed, with <see cref="SandboxFault.ErrorCode"/> and
    /// <see cref="SandboxFault.ErrorMessage"/>.</summary>
    OperationFails,

    /// <summary>From this request on the service's clock is ahead of the caller's by <see cref="SandboxFault.Duration"/> (behind, where negative).</summary>
    ClockSkew,
}
