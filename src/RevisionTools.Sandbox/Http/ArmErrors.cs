using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>The errors of ARM-FACTS section 6, worded as there.</summary>
internal static class ArmErrors
{
    internal static ArmException ResourceGroupNotFound(string group) =>
        Gateway(HttpStatusCode.NotFound, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.");

    internal static ArmException ResourceNotFound(string group, string typeAndName) => Gateway(
        HttpStatusCode.NotFound,
        "ResourceNotFound",
        $"The Resource 'Microsoft.App/{typeAndName}' under resource group '{group}' was not found. " +
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    /// <summary>A child of an absent app; recorded for another child type, expected of revisions (ARM-FACTS 6).</summary>
    internal static ArmException ParentResourceNotFound(string verb, string childType, string parentId) => Gateway(
        HttpStatusCode.NotFound,
        "ParentResourceNotFound",
        $"Failed to perform '{verb}' on resource(s) of type '{childType}', because the parent resource '{parentId}' could not be found.");

    /// <summary>The functions of an absent revision: 500, and the service's own failure (recording 18).</summary>
    internal static ArmException FunctionsNotRetrieved(string revision) => new(
        HttpStatusCode.InternalServerError,
        "InternalServerError",
        $"Internal server error occurred. Failed to retrieve functions for revision {revision}")
    {
        FailureCause = "service",
    };

    // unconfirmed: no recording has an absent function.
    internal static ArmException FunctionNotFound(string revision, string function) => Service(
        HttpStatusCode.NotFound, "FunctionNotFound", $"Function '{function}' was not found in revision '{revision}'.");

    // unconfirmed: no recording has the history of an unknown label.
    internal static ArmException LabelHistoryNotFound(string app, string label) => Service(
        HttpStatusCode.NotFound, "LabelHistoryNotFound", $"Label history of label '{label}' was not found under container app '{app}'.");

    /// <summary>A revision whose registry or secret is no longer configured cannot start (ARM-FACTS 6; reported for a registry).</summary>
    internal static ArmException ReferenceGone(string revision, string kind, string name) => Service(
        HttpStatusCode.BadRequest,
        "RevisionOperationError",
        $"Error activating revision {revision}. Details Reason: Bad Request. Body: {{\"error\":\"the revision you are trying to " +
        $"activate {revision} references {kind} {name} which is no longer defined, please add {kind} {name} back and try again\"," +
        "\"success\":false}");

    // unconfirmed: no recording has an absent revision; the code is what two third parties use (ARM-FACTS 6 and 10.1).
    internal static ArmException RevisionNotFound(string app, string revision) => Service(
        HttpStatusCode.NotFound, "ContainerAppRevisionNotFound", $"Revision '{revision}' was not found in container app '{app}'.");

    // unconfirmed, likewise.
    internal static ArmException ReplicaNotFound(string revision, string replica) => Service(
        HttpStatusCode.NotFound, "ContainerAppReplicaNotFound", $"Replica '{replica}' was not found in revision '{revision}'.");

    internal static ArmException OperationInProgress(SandboxApp app) => Service(
        HttpStatusCode.Conflict,
        "ContainerAppOperationInProgress",
        $"Cannot modify a container app '{app.Name}' because there is an active provisioning operation in progress. " +
        $"OperationId: '{app.Operation?.Id}'");

    // unconfirmed: that restarting an inactive revision fails is reported, its code is not (ARM-FACTS 6 and 10.5).
    internal static ArmException RestartOfInactive(string revision) => Service(
        HttpStatusCode.BadRequest, "RevisionOperationError", $"Error restarting revision {revision}. Details The revision is not active.");

    internal static ArmException SubscriptionNotFound(string subscription) => Gateway(
        HttpStatusCode.NotFound, "SubscriptionNotFound", $"The subscription '{subscription}' could not be found.");

    internal static ArmException MissingApiVersion() => Gateway(
        HttpStatusCode.BadRequest,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");

    // unconfirmed: the facts have no recording of an unknown api-version; this is what ARM's own provider is reported to say.
    internal static ArmException InvalidApiVersion(string version, ApiVersions supported) => Gateway(
        HttpStatusCode.BadRequest,
        "InvalidApiVersionParameter",
        $"The api-version '{version}' is invalid. The supported versions are '{supported.Text}'.");

    // unconfirmed, likewise; code, status and text are reported for Microsoft.App, there with the supported locations as well.
    internal static ArmException NoRegisteredProvider(string location, string version, string resourceType, ApiVersions supported) => Gateway(
        HttpStatusCode.BadRequest,
        "NoRegisteredProviderFound",
        $"No registered resource provider found for location '{location}' and API version '{version}' for type " +
        $"'{TypeOf(resourceType)}'. The supported api-versions are '{supported.Text}'. The supported locations are '{location}'.");

    // unconfirmed: the facts have no unknown path; these three are what ARM is reported to say, by what of the path it knows.
    internal static ArmException UnknownPath(string path, string? version)
    {
        var resourceType = ResourceTypes.Of(path);
        var provider = resourceType.Split('/')[0];
        if (provider.Length == 0)
        {
            return Gateway(
                HttpStatusCode.NotFound,
                "MissingSubscription",
                "The request did not have a subscription or a valid tenant level resource provider.");
        }

        return ArmRouter.IsProvider(provider)
            ? Gateway(
                HttpStatusCode.NotFound,
                "InvalidResourceType",
                $"The resource type '{TypeOf(resourceType)}' could not be found in the namespace '{provider}' for api version '{version}'.")
            : Gateway(HttpStatusCode.NotFound, "InvalidResourceNamespace", $"The resource namespace '{provider}' is invalid.");
    }

    // unconfirmed: not in the facts.
    internal static ArmException MethodNotAllowed(string method) => Gateway(
        HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", $"The requested resource does not support http method '{method}'.");

    // unconfirmed: not in the facts.
    internal static ArmException OperationNotFound(string id) =>
        Service(HttpStatusCode.NotFound, "OperationNotFound", $"Operation '{id}' was not found.");

    internal static ArmException InvalidRequestContent(string reason) => Gateway(
        HttpStatusCode.BadRequest,
        "InvalidRequestContent",
        $"The request content was invalid and could not be deserialized: '{reason}'.");

    // unconfirmed: not in the facts.
    internal static ArmException LocationRequired() =>
        BadRequest("LocationRequired", "The location property is required for this definition.");

    internal static ArmException BadRequest(string code, string message) => Service(HttpStatusCode.BadRequest, code, message);

    private static ArmException Service(HttpStatusCode status, string code, string message) => new(status, code, message);

    private static ArmException Gateway(HttpStatusCode status, string code, string message) =>
        new(status, code, message) { FailureCause = ArmException.Gateway };

    /// <summary>The type without its provider.</summary>
    private static string TypeOf(string resourceType) => resourceType[(resourceType.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
