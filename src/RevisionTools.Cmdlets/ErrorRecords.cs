using System.Management.Automation;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>The one table of errors: for each kind the category and what to do. The id is the kind's name.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<FailureKind, (ErrorCategory Category, string Advice)> s_table = new()
    {
        [FailureKind.NotConnected] = (ErrorCategory.ConnectionError, "Run Connect-AcaAccount. A connection belongs to its runspace: blocks of ForEach-Object -Parallel and thread jobs take it along with -Context $using:context, other processes connect for themselves."),
        [FailureKind.AuthenticationFailed] = (ErrorCategory.AuthenticationError, "Do what the message asks for, then run Connect-AcaAccount again. Get-Help Connect-AcaAccount lists the ways to sign in."),
        [FailureKind.InvalidCredential] = (ErrorCategory.InvalidArgument, "Give what the message asks for, or sign in another way: Get-Help Connect-AcaAccount lists them."),
        [FailureKind.AccessDenied] = (ErrorCategory.PermissionDenied, "Ask for a role on the app or its group that includes the action named in the message. A name alone is looked for in the whole subscription: with -ResourceGroupName the group is enough."),
        [FailureKind.SubscriptionNotSet] = (ErrorCategory.InvalidArgument, "Give -SubscriptionId."),
        [FailureKind.ContainerAppNotFound] = (ErrorCategory.ObjectNotFound, "Get-AcaApp lists the apps that the account can see."),
        [FailureKind.RevisionNotFound] = (ErrorCategory.ObjectNotFound, "Get-AcaRevision lists the app's revisions; old inactive ones are purged by the platform."),
        [FailureKind.FunctionNotFound] = (ErrorCategory.ObjectNotFound, "Get-AcaFunction lists the functions of the app's latest revision, and with -RevisionName those of another."),
        [FailureKind.InvalidResourceId] = (ErrorCategory.InvalidArgument, "Give the id of a container app or of a revision of one."),
        [FailureKind.InvalidEndpoint] = (ErrorCategory.InvalidArgument, "Give the endpoint and the caFile that the sandbox server has printed; for a cloud of your own the address of its Azure Resource Manager, and -Audience."),
        [FailureKind.InvalidRegistry] = (ErrorCategory.InvalidArgument, "Give -CheckImage and the registry's login server, such as contoso.azurecr.io."),
        [FailureKind.InvalidRetentionRule] = (ErrorCategory.InvalidArgument, "Change the rule that the message names; a policy needs at least one that keeps something, for example -KeepLast 5."),
        [FailureKind.InvalidRetentionPolicyFile] = (ErrorCategory.InvalidData, "Give a JSON file with a retention policy; the message says what is wrong, with its JSON path where it is in the file. docs/pruning.md describes the file."),
        [FailureKind.InvalidPruneRequest] = (ErrorCategory.InvalidArgument, "The message says what contradicts itself or is missing."),
        [FailureKind.InvalidPrunePlan] = (ErrorCategory.InvalidData, "Make a new plan with -PlanOnly where it is to be carried out, and save it with -PlanPath."),
        [FailureKind.PrunePlanDrifted] = (ErrorCategory.ResourceBusy, "Make a new plan, or give -AllowDrift to carry out what the old plan and a new one agree on."),
        [FailureKind.InvalidJournal] = (ErrorCategory.InvalidData, "Give the file that -JournalPath of a prune has written, unaltered, in the cloud that it is about and while no other run uses it; a new run may have a new file."),
        [FailureKind.JournalAlreadyUndone] = (ErrorCategory.InvalidOperation, "Nothing is left to undo. A new prune needs a new run, and may have a new file."),
        [FailureKind.SandboxRequired] = (ErrorCategory.InvalidOperation, "Run Connect-AcaAccount -Sandbox, with a -Scenario of your own where the sample fleet is not enough."),
        [FailureKind.FileNotWritten] = (ErrorCategory.WriteError, "Choose a path in a folder that exists and may be written to. Where the message says that a file is there already, -Force replaces it."),
        [FailureKind.InvalidScenario] = (ErrorCategory.InvalidData, "The message begins with the JSON path of what is wrong; docs/sandbox/scenarios.md describes the file."),
        [FailureKind.RevisionProtected] = (ErrorCategory.InvalidOperation, "Remove the reason that the message names, or choose another revision. Where the command has a -Force, its help says what that lifts and what it asks about."),
        [FailureKind.ConfirmationRequired] = (ErrorCategory.InvalidOperation, "Give -Confirm:$false where nobody can answer, in a runbook, a pipeline or a job; -WhatIf shows what would be done."),
        [FailureKind.RevisionChanged] = (ErrorCategory.ResourceBusy, "Somebody else is changing the app; try again when that is done."),
        [FailureKind.RevisionConflict] = (ErrorCategory.ResourceBusy, "Try again when the other operation has ended, or give a longer -TimeoutSec."),
        [FailureKind.RevisionFailed] = (ErrorCategory.InvalidResult, "Mend what the message names and make a new revision; Get-AcaReplica and the system logs tell more."),
        [FailureKind.InvalidWaitCondition] = (ErrorCategory.InvalidArgument, "Ask for something that can come about: the message says what cannot."),
        [FailureKind.InvalidTrafficWeight] = (ErrorCategory.InvalidArgument, "Give whole percents from 0 to 100 with -Weight, or everything to one target with -To."),
        [FailureKind.InvalidTrafficSum] = (ErrorCategory.InvalidArgument, "Make the weights add up to 100, or to less and let -Remainder say who gets the rest."),
        [FailureKind.InvalidTrafficTable] = (ErrorCategory.InvalidArgument, "Give a table as Get-AcaTraffic gives it, of the same app."),
        [FailureKind.InvalidTrafficRequest] = (ErrorCategory.InvalidArgument, "Say everything that is needed, each thing once: the message says what is missing or contradicts itself."),
        [FailureKind.TrafficTargetNotFound] = (ErrorCategory.ObjectNotFound, "Get-AcaRevision lists the app's revisions and Get-AcaTraffic its labels; the newest is '@latest', in quotes."),
        [FailureKind.TrafficTargetInactive] = (ErrorCategory.InvalidOperation, "Activate it first: Set-AcaRevisionState Active -Wait. Azure itself would take the change, and the requests would fail."),
        [FailureKind.TrafficTargetNotReady] = (ErrorCategory.InvalidOperation, "Wait for it with Wait-AcaRevision -Stage Ready, or give -AllowNotReady."),
        [FailureKind.TrafficChanged] = (ErrorCategory.ResourceBusy, "Look at the table with Get-AcaTraffic, and decide again."),
        [FailureKind.InvalidLabel] = (ErrorCategory.InvalidArgument, "A label has lower-case letters, digits and '-', begins with a letter, and is 64 characters long at most."),
        [FailureKind.DuplicateLabel] = (ErrorCategory.ResourceExists, "Take the label off the other revision with Remove-AcaRevisionLabel, or move it with Set-AcaRevisionLabel -Force."),
        [FailureKind.LabelNotFound] = (ErrorCategory.ObjectNotFound, "Get-AcaTraffic lists the app's labels."),
        [FailureKind.IngressRequired] = (ErrorCategory.InvalidOperation, "Traffic, labels and requests to a revision need ingress; without it every active revision does its work, so use Set-AcaRevisionState."),
        [FailureKind.MultipleModeRequired] = (ErrorCategory.InvalidOperation, "Set-AcaRevisionMode Multiple changes the mode; look first at what that would activate with -WhatIf."),
        [FailureKind.InvalidRevisionSuffix] = (ErrorCategory.InvalidArgument, "Use the suffix that the message proposes, or let -SuffixFrom make one."),
        [FailureKind.RevisionSuffixInUse] = (ErrorCategory.ResourceExists, "Choose another suffix. -ReuseIfSame takes the revision that has it where that is the same."),
        [FailureKind.InvalidTemplateFile] = (ErrorCategory.InvalidData, "Give a JSON file with a template, an app or a revision in it; YAML only in its JSON form."),
        [FailureKind.InvalidTemplateChange] = (ErrorCategory.InvalidArgument, "The message says what does not fit; Get-AcaRevision -Detailed shows the template."),
        [FailureKind.RetentionTooLow] = (ErrorCategory.InvalidOperation, "Choose a higher limit, or a shorter span to keep."),
        [FailureKind.RequestRefused] = (ErrorCategory.InvalidOperation, "What was asked does not fit the resource as it is now; the message says why, in Azure's own words where it was Azure that refused."),
        [FailureKind.OperationFailed] = (ErrorCategory.InvalidResult, "Azure's own words are in the message; the revision's StageReason and the system logs tell more."),
        [FailureKind.RequestThrottled] = (ErrorCategory.LimitsExceeded, "Wait a minute, and do less at a time: fewer apps in one pipeline, or a lower -ThrottleLimit where the command has one."),
        [FailureKind.RevisionWaitTimeout] = (ErrorCategory.OperationTimeout, "The change may still come about: look with Get-AcaRevision. Where -Wait was too short, -TimeoutSec makes it longer; the wait for an event consumer to drain is -DrainTimeout of the prune."),
        [FailureKind.ServiceUnavailable] = (ErrorCategory.ResourceUnavailable, "Azure has trouble; try again later."),
        [FailureKind.ConnectionFailed] = (ErrorCategory.ConnectionError, "Check the address, the network and the proxy, then try again."),
        [FailureKind.ServiceResponseInvalid] = (ErrorCategory.InvalidData, "The answer did not come from Azure unharmed; try again, and check proxies in between."),
    };

    /// <summary>A call that got lost must not simply be made again, whatever it was that went wrong.</summary>
    private const string LookFirst = "Look with Get-AcaApp, Get-AcaTraffic, Get-AcaRevision or Get-AcaReplica before you try again.";

    /// <summary>What Azure says when a revision cannot be activated any more, with the reason in its words (ARM-FACTS 6).</summary>
    private const string RevisionOperationError = "RevisionOperationError";

    public static ErrorRecord From(RevisionToolsException failure, object? target)
    {
        var (category, usual) = s_table[failure.Kind];
        var advice = failure switch
        {
            ServiceRequestException { OutcomeUnknown: true } => LookFirst,
            ServiceRequestException { ErrorCode: RevisionOperationError } refusal => FailureDiagnosis.Of(refusal.Message)?.Advice ?? usual,
            { Advice: { } special } => special,
            _ => usual,
        };
        var outcome = failure is ServiceRequestException { OutcomeUnknown: true } ? " The change may have taken effect all the same." : "";
        var correlation = failure is ServiceRequestException { CorrelationId: { Length: > 0 } id } ? $" Correlation id: {id}." : "";
        return new ErrorRecord(failure, failure.Kind.ToString(), category, target ?? failure.ResourceId)
        {
            ErrorDetails = new ErrorDetails(failure.Message + outcome + correlation) { RecommendedAction = advice },
        };
    }
}
