namespace RevisionTools;

/// <summary>What went wrong. The name is the error id that scripts see; the table of categories and advice hangs on it.</summary>
public enum FailureKind
{
    /// <summary>No connection in this runspace.</summary>
    NotConnected,

    /// <summary>No credential worked, or Azure refused the token (401).</summary>
    AuthenticationFailed,

    /// <summary>What somebody was to sign in with cannot be used: a certificate without a key, a variable that is not set, a way that needs a person where there is none.</summary>
    InvalidCredential,

    /// <summary>The account may not do this (403).</summary>
    AccessDenied,

    /// <summary>No subscription was named and none could be chosen.</summary>
    SubscriptionNotSet,

    /// <summary>There is no such app, resource group or subscription (404).</summary>
    ContainerAppNotFound,

    /// <summary>The app has no such revision (404).</summary>
    RevisionNotFound,

    /// <summary>The function app has no such function.</summary>
    FunctionNotFound,

    /// <summary>A text that should be a resource id of an app or a revision is not.</summary>
    InvalidResourceId,

    /// <summary>The address to connect to is none, or not where a token may go; or the certificate of a sandbox server cannot be read.</summary>
    InvalidEndpoint,

    /// <summary>A name that should be that of a registry of the connected cloud is not.</summary>
    InvalidRegistry,

    /// <summary>A retention policy is empty, contradicts itself or would keep nothing.</summary>
    InvalidRetentionRule,

    /// <summary>A file with a retention policy cannot be read, or something in it is wrong.</summary>
    InvalidRetentionPolicyFile,

    /// <summary>A prune was asked for in a way that contradicts itself: a plan together with rules, a date with a run.</summary>
    InvalidPruneRequest,

    /// <summary>A prune plan cannot be used: it cannot be read, was altered, or is of another cloud or subscription.</summary>
    InvalidPrunePlan,

    /// <summary>The app has changed since a plan was made, in something that the plan depends on.</summary>
    PrunePlanDrifted,

    /// <summary>A journal cannot be used: it is not one of ours, damaged, of another cloud, or another run is writing it.</summary>
    InvalidJournal,

    /// <summary>What a journal tells of was undone before.</summary>
    JournalAlreadyUndone,

    /// <summary>Only possible on a sandbox in memory, and the connection is another.</summary>
    SandboxRequired,

    /// <summary>A file could not be written.</summary>
    FileNotWritten,

    /// <summary>A scenario file for the sandbox cannot be read, or something in it is wrong.</summary>
    InvalidScenario,

    /// <summary>An interlock forbids the change.</summary>
    RevisionProtected,

    /// <summary>Somebody would have to be asked, and the host has nobody to ask.</summary>
    ConfirmationRequired,

    /// <summary>The app or the revision is no longer as it was when the change was planned, or not as it should be after it (409 and 412 too).</summary>
    RevisionChanged,

    /// <summary>Another operation on the app was still going on when the patience ended (409 ContainerAppOperationInProgress).</summary>
    RevisionConflict,

    /// <summary>A revision that was waited for has failed, and waiting longer would not help.</summary>
    RevisionFailed,

    /// <summary>What was to be waited for can never hold.</summary>
    InvalidWaitCondition,

    /// <summary>A traffic weight is negative, above 100 or not whole.</summary>
    InvalidTrafficWeight,

    /// <summary>The weights of a traffic table do not add up to 100.</summary>
    InvalidTrafficSum,

    /// <summary>A traffic table that was given cannot be used: of another app, one of two of an app, or not a table.</summary>
    InvalidTrafficTable,

    /// <summary>What was asked for is not whole or contradicts itself: a target without a name, a target named twice, a label swapped with itself, several revisions for one label, no label.</summary>
    InvalidTrafficRequest,

    /// <summary>Traffic was to go to a revision or label that the app does not have.</summary>
    TrafficTargetNotFound,

    /// <summary>Traffic was to go to a revision that is not active.</summary>
    TrafficTargetInactive,

    /// <summary>Traffic was to go to a revision that is not ready.</summary>
    TrafficTargetNotReady,

    /// <summary>The traffic table moved between plan and write, and what was agreed to no longer fits.</summary>
    TrafficChanged,

    /// <summary>A label is written in a way that Azure would refuse.</summary>
    InvalidLabel,

    /// <summary>A label stands on two entries of a table that was given, or on another revision already.</summary>
    DuplicateLabel,

    /// <summary>The app has no such label.</summary>
    LabelNotFound,

    /// <summary>The app has no ingress, so there is no traffic to direct.</summary>
    IngressRequired,

    /// <summary>Only possible in multiple-revision mode, and the app is in another.</summary>
    MultipleModeRequired,

    /// <summary>A revision suffix is written in a way that Azure would refuse.</summary>
    InvalidRevisionSuffix,

    /// <summary>A revision of the app, active or not, has the suffix already.</summary>
    RevisionSuffixInUse,

    /// <summary>A template file cannot be read, or is not JSON with a template in it.</summary>
    InvalidTemplateFile,

    /// <summary>A change of the template does not fit it or Azure's rules: no such container, an impossible size, not an object.</summary>
    InvalidTemplateChange,

    /// <summary>A lower limit for inactive revisions would let some be purged that are to be kept.</summary>
    RetentionTooLow,

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
