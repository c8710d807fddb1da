namespace RevisionTools.Lifecycle;

/// <summary>Tells failures of reading that pass by themselves from those that do not.</summary>
internal static class TransientFailure
{
    /// <summary>Whether a later look may well succeed: trouble of the service, throttling, a connection that was lost, in the middle of an answer too.</summary>
    public static bool Is(RevisionToolsException failure) =>
        failure.Kind is FailureKind.ServiceUnavailable or FailureKind.ConnectionFailed or FailureKind.RequestThrottled
        || failure is { Kind: FailureKind.ServiceResponseInvalid, InnerException: IOException };
}
