namespace RevisionTools;

/// <summary>What went wrong. The name is the error id that scripts see; the table of categories and advice hangs on it.</summary>
public enum FailureKind
{
    /// <summary>No connection in this runspace.</summary>
    NotConnected,

    /// <summary>No credential worked, or Azure refused the token (401).</summary>
    AuthenticationFailed,

    /// <summary>The account may not do this (403).</summary>
    AccessDenied,

    /// <summary>No subscription was named and none could be chosen.</summary>
    SubscriptionNotSet,

    /// <summary>There is no such app, resource group or subscription (404).</summary>
    ContainerAppNotFound,

    /// <summary>The app has no such revision (404).</summary>
    RevisionNotFound,

    /// <summary>A text that should be a resource id of an app or a revision is not.</summary>
    InvalidResourceId,

    /// <summary>The address to connect to is not on this machine, or its certificate cannot be read.</summary>
    InvalidEndpoint,

    /// <summary>A retention policy is empty, contradicts itself or would keep nothing.</summary>
    InvalidRetentionRule,

    /// <summary>A scenario file for the sandbox cannot be read, or something in it is wrong.</summary>
    InvalidScenario,

    /// <summary>An interlock forbids the change.</summary>
    RevisionProtected,

    /// <summary>The app is being changed by somebody else (409, 412), or the revision is no longer as it was.</summary>
    RevisionChanged,

    /// <summary>Azure refused the request as wrong (400 and the like).</summary>
    RequestRefused,

    /// <summary>An operation that Azure had accepted ended as failed.</summary>
    OperationFailed,

    /// <summary>Throttled, and retries did not help (429).</summary>
    RequestThrottled,

    /// <summary>A wait ended before the revision was in the wanted stage.</summary>
    RevisionWaitTimeout,

    /// <summary>Azure has trouble (5xx).</summary>
    ServiceUnavailable,

    /// <summary>Azure could not be reached, or the connection broke.</summary>
    ConnectionFailed,

    /// <summary>The answer is not what Azure sends: malformed, cut off, or pointing to another host.</summary>
    ServiceResponseInvalid,
}
