using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>The errors of ARM-FACTS section 6, worded as there.</summary>
internal static class ArmErrors
{
    internal static ArmException ResourceGroupNotFound(string group) =>
        Gateway(HttpStatusCode.NotFound, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.");

    internal static ArmException ResourceNotFound(string group, string app) => Gateway(
        HttpStatusCode.NotFound,
        "ResourceNotFound",
        $"The Resource 'Microsoft.App/containerApps/{app}' under resource group '{group}' was not found. " +
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    /// <summary>A child of an absent app; recorded for another child type, expected of revisions (ARM-FACTS 6).</summary>
    internal static ArmException ParentResourceNotFound(string verb, string childType, string parentId) => Gateway(
        HttpStatusCode.NotFound,
        "ParentResourceNotFound",
        $"Failed to perform '{verb}' on resource(s) of type '{childType}', because the parent resource '{parentId}' could not be found.");

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

    // unconfirmed: the facts have no recording of an unknown api-version.
    internal static ArmException InvalidApiVersion(string version, string supported) => Gateway(
        HttpStatusCode.BadRequest,
        "InvalidApiVersionParameter",
        $"The api-version '{version}' is invalid. The supported versions are '{supported}'.");

    internal static ArmException UnknownPath(string path) => Gateway(
        HttpStatusCode.NotFound, "InvalidResourceType", $"No resource type is known for the path '{path}'.");

    internal static ArmException MethodNotAllowed(string method) => Gateway(
        HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", $"The requested resource does not support http method '{method}'.");

    internal static ArmException OperationNotFound(string id) =>
        Service(HttpStatusCode.NotFound, "OperationNotFound", $"Operation '{id}' was not found.");

    internal static ArmException InvalidRequestContent(string reason) => Gateway(
        HttpStatusCode.BadRequest,
        "InvalidRequestContent",
        $"The request content was invalid and could not be deserialized: '{reason}'.");

    internal static ArmException BadRequest(string code, string message) => Service(HttpStatusCode.BadRequest, code, message);

    private static ArmException Service(HttpStatusCode status, string code, string message) => new(status, code, message);

    private static ArmException Gateway(HttpStatusCode status, string code, string message) =>
        new(status, code, message) { IsGateway = true };
}
