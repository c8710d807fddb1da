using System.Globalization;
using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Polling of the long-running writes (ARM-FACTS 3.2).</summary>
internal static class OperationCalls
{
    internal const string RetryAfterSeconds = "5";

    /// <summary>Behind Azure-AsyncOperation: always 200, with the status in the body.</summary>
    internal static ArmAnswer Status(ArmCall call)
    {
        var operation = Find(call);
        var status = operation.Status(call.Now);
        var answer = ArmAnswer.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"{Path(operation, "containerappOperationStatuses")}");
            writer.WriteString("name", operation.Id.ToString());
            writer.WriteString("status", status);
            if (operation.HasFailed(call.Now) && operation.Error is { } error)
            {
                writer.WriteStartObject("error");
                writer.WriteString("code", error.Code);
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            }

            writer.WriteString("startTime", WireDates.System(operation.StartTime));
            writer.WriteEndObject();
        });
        return operation.IsDone(call.Now) ? answer : answer.With("Retry-After", RetryAfterSeconds);
    }

    /// <summary>Behind Location: 202 with a fresh Location while it runs, then 200 with the app, or 204 after a deletion.</summary>
    internal static ArmAnswer Result(ArmCall call)
    {
        var operation = Find(call);
        if (!operation.IsDone(call.Now))
        {
            return Accepted(call, operation);
        }

        // unconfirmed: no recording follows the Location of a failed operation; the error itself is what ARM asks of providers.
        if (operation.HasFailed(call.Now) && operation.Error is { } error)
        {
            throw ArmErrors.BadRequest(error.Code, error.Message);
        }

        call.Lifecycle.Settle(operation.App, call.Now);
        return operation.Kind is OperationKind.Delete
            ? ArmAnswer.Empty(HttpStatusCode.NoContent)
            : AppReads.Write(call, operation.App);
    }

    /// <summary>202 without a body, with Location only.</summary>
    internal static ArmAnswer Accepted(ArmCall call, SandboxOperation operation) => ArmAnswer.Empty(HttpStatusCode.Accepted)
        .With("Location", ResultAddress(call, operation))
        .With("Retry-After", RetryAfterSeconds);

    internal static string StatusAddress(ArmCall call, SandboxOperation operation) =>
        Address(call, operation, "containerappOperationStatuses", "&azureAsyncOperation=true");

    internal static string ResultAddress(ArmCall call, SandboxOperation operation) =>
        Address(call, operation, "containerappOperationResults", "");

    private static SandboxOperation Find(ArmCall call) =>
        call.Tenant.FindOperation(call["operation"]) ?? throw ArmErrors.OperationNotFound(call["operation"]);

    private static string Path(SandboxOperation operation, string kind) =>
        $"/subscriptions/{operation.App.SubscriptionId}/providers/Microsoft.App/locations/{operation.App.Region}/{kind}/{operation.Id}";

    /// <summary>
    /// The service signs its addresses with a time, a certificate, a signature and a hash, some 3.5 KB in all (ARM-FACTS 3.2);
    /// here they only look so.
    /// </summary>
    private static string Address(ArmCall call, SandboxOperation operation, string kind, string mark)
    {
        var random = call.Tenant.Random;
        var time = call.Now.UtcTicks.ToString(CultureInfo.InvariantCulture);
        var purpose = $"signature/{operation.Id}/{time}";
        return $"{call.Request.Origin}{Path(operation, kind)}?api-version={call.Version.Text}{mark}&t={time}" +
            $"&c={random.Hex(2800, "certificate")}&s={random.Hex(342, purpose + "/s")}&h={random.Hex(43, purpose + "/h")}";
    }
}
