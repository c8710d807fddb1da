namespace RevisionTools;

/// <summary>Azure answered a request with an error, or did not answer.</summary>
public sealed class ServiceRequestException : RevisionToolsException
{
    /// <summary>A refused or failed request.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, with Azure's own words in it.</param>
    /// <param name="innerException">What caused it.</param>
    internal ServiceRequestException(FailureKind kind, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>The HTTP status, or 0 when no answer came.</summary>
    public int Status { get; init; }

    /// <summary>Azure's error code, where the answer had one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The id of the operation that is in the way, where Azure names one with <see cref="AppIsBusy"/>.</summary>
    public string? OperationId { get; init; }

    /// <summary>The id by which Microsoft support finds the request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// How long Azure asked to wait before the next try, or what is left of that; zero or more, null where it did not ask. With
    /// <see cref="FailureKind.RequestThrottled"/> and <see cref="Status"/> 0 nothing was sent: Azure had asked for patience in
    /// its answer to another request.
    /// </summary>
    /// <remarks>The header Retry-After.</remarks>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether Azure refused a write because another operation on the app is going on (409); the same write may succeed once
    /// that has ended. Other conflicts are not of this kind.
    /// </summary>
    /// <remarks>ContainerAppOperationInProgress, and ContainerAppLockConflict of older versions.</remarks>
    public bool AppIsBusy => Kind == FailureKind.RevisionConflict;

    /// <summary>
    /// Whether a write may have taken effect although no success was seen: the connection broke, timed out, or the answer
    /// could not be read.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Whether Azure refused a write for its token alone, and there is a new one: the same write may succeed after another look.</summary>
    internal bool TokenIsRenewed { get; init; }
}
